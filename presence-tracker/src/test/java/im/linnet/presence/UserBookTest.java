package im.linnet.presence;

import static im.linnet.presence.Beats.closed;
import static im.linnet.presence.Beats.opened;
import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.event.PresenceState;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserBookTest {
  private static final int USERS = 12;
  private static final int PARTITIONS = 3;
  private static final int STEPS = 2_000;

  private final UserBook book = new UserBook();

  /** The count is kept, not counted, so every way that a user comes and goes must keep it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void countsThoseWithASession(long seed) {
    Random random = new Random(seed);
    int most = 0;
    for (int step = 0; step < STEPS; step++) {
      int number = random.nextInt(USERS);
      int partition = number % PARTITIONS;
      switch (random.nextInt(20)) {
        case 0 -> book.forget(List.of(random.nextInt(PARTITIONS)));
        case 1, 2 -> book.restore(partition, next(random, "u" + number));
        case 3, 4, 5 -> book.keep();
        default -> book.change(partition, next(random, "u" + number));
      }
      long counted =
          IntStream.range(0, USERS)
              .filter(each -> !book.get("u" + each).sessions().isEmpty())
              .count();
      assertThat(book.online()).as("step %d, seed %d", step, seed).isEqualTo(counted);
      most = Math.max(most, (int) counted);
    }
    assertThat(most).as("users online at once").isGreaterThan(USERS / 2);
  }

  private PresenceState next(Random random, String user) {
    String session = "s" + random.nextInt(2);
    String edge = "e" + random.nextInt(2);
    return UserPresence.after(
        book.get(user),
        random.nextInt(3) > 0
            ? opened(user, session, "phone", edge, 7)
            : closed(user, session, edge),
        1_000,
        each -> false);
  }
}
