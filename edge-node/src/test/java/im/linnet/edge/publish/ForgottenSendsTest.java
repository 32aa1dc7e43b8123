package im.linnet.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.Stream;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForgottenSendsTest {
  private static final int KEPT = 1 << 16;

  private final ForgottenSends forgotten = new ForgottenSends();

  private static RecentSends.Key counted(int i) {
    return new RecentSends.Key(Stream.P2P, "bb", "m" + i);
  }

  private static RecentSends.Key random(int i) {
    UUID uuid = UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)});
    return new RecentSends.Key(Stream.MUTUAL, "cc", uuid.toString());
  }

  @Test
  void holdsTheNewestHoweverManyThereWere() {
    for (int i = 0; i < 5 * KEPT; i++) {
      forgotten.add(counted(i));
    }
    assertThat(IntStream.range(4 * KEPT, 5 * KEPT)).allMatch(i -> forgotten.holds(counted(i)));
    assertThat(forgotten.holds(counted(0))).isFalse();
  }

  @Test
  void takesNoOtherForOneOfThem() {
    for (int i = 0; i < KEPT / 2; i++) {
      forgotten.add(counted(i));
      forgotten.add(random(i));
    }
    assertThat(IntStream.range(0, KEPT / 2))
        .allMatch(i -> forgotten.holds(counted(i)) && forgotten.holds(random(i)));
    assertThat(IntStream.range(KEPT, 10 * KEPT))
        .noneMatch(i -> forgotten.holds(counted(i)) || forgotten.holds(random(i)));
  }

  @Test
  void oneThatIsAddedAgainTakesNoOthersPlace() {
    forgotten.add(counted(0));
    for (int i = 0; i < 5 * KEPT; i++) {
      forgotten.add(counted(1));
    }
    assertThat(forgotten.holds(counted(0))).isTrue();
  }

  @Test
  void tellsStreamsAndRecipientsApart() {
    forgotten.add(new RecentSends.Key(Stream.P2P, "bb", "u"));
    assertThat(forgotten.holds(new RecentSends.Key(Stream.MUTUAL, "bb", "u"))).isFalse();
    assertThat(forgotten.holds(new RecentSends.Key(Stream.P2P, "bc", "u"))).isFalse();
    assertThat(forgotten.holds(new RecentSends.Key(Stream.P2P, "b", "bu"))).isFalse();
  }
}
