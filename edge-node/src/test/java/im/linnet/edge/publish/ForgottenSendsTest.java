package im.linnet.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.Stream;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForgottenSendsTest {
  private final ForgottenSends forgotten = new ForgottenSends();

  private static RecentSends.Key counted(int i) {
    return new RecentSends.Key(Stream.P2P, "bb", "m" + i);
  }

  private static RecentSends.Key random(int i) {
    UUID uuid = UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)});
    return new RecentSends.Key(Stream.MUTUAL, "cc", uuid.toString());
  }

  @Test
  void deniesNoneThatWasAdded() {
    for (int i = 0; i < 50_000; i++) {
      forgotten.add(counted(i));
      forgotten.add(random(i));
    }
    assertThat(IntStream.range(0, 50_000))
        .allMatch(i -> forgotten.mayHold(counted(i)) && forgotten.mayHold(random(i)));
  }

  @Test
  void takesFewOthersForOneOfThem() {
    for (int i = 0; i < 100_000; i++) {
      forgotten.add(counted(i));
      forgotten.add(random(i));
    }
    assertThat(IntStream.range(100_000, 150_000).filter(i -> forgotten.mayHold(counted(i))).count())
        .isLessThan(200);
    assertThat(IntStream.range(100_000, 150_000).filter(i -> forgotten.mayHold(random(i))).count())
        .isLessThan(200);
  }

  @Test
  void tellsStreamsAndRecipientsApart() {
    forgotten.add(new RecentSends.Key(Stream.P2P, "bb", "u"));
    assertThat(forgotten.mayHold(new RecentSends.Key(Stream.MUTUAL, "bb", "u"))).isFalse();
    assertThat(forgotten.mayHold(new RecentSends.Key(Stream.P2P, "bc", "u"))).isFalse();
  }
}
