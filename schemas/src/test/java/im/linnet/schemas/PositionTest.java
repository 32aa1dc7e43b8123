package im.linnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  @Test
  void readsWhatItWrites() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      Position position =
          new Position(
              Stream.values()[random.nextInt(3)],
              random.nextInt() >>> 1,
              random.nextLong(-1, 1_000_000_000_000_000_000L) >> random.nextInt(60));
      assertThat(Position.parse(position.toString())).isEqualTo(position);
    }
  }

  @Test
  void readsTheProtocolsExamples() {
    assertThat(Position.parse("p2p/3/812")).isEqualTo(new Position(Stream.P2P, 3, 812));
    assertThat(Position.parse("mutual/3/-1")).isEqualTo(new Position(Stream.MUTUAL, 3, -1));
    assertThat(Position.parse("topic/7/10034")).isEqualTo(new Position(Stream.TOPIC, 7, 10_034));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//",
        "p2p",
        "p2p/3",
        "p2p/3/",
        "p2p//3",
        "p2p/3/812/",
        "p2p/3/812/1",
        "P2P/3/812",
        "p2p/3/-2",
        "p2p/3/--1",
        "p2p/3/-1x",
        "p2p/-1/3",
        "p2p/03/1",
        "p2p/3/01",
        "p2p/+3/1",
        "p2p/3/ 1",
        " p2p/3/1",
        "p2p/3/1\n",
        "p2p/2147483648/1",
        "p2p/3/9223372036854775808",
        "p2p/3/1000000000000000000",
        "p2p/3/\u0663",
        "im.p2p.v1/3/1"
      })
  void refusesWhatIsNotAPosition(String text) {
    assertThat(Position.parse(text)).isNull();
  }

  @Test
  void refusesPlacesThatDoNotExist() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Position(Stream.P2P, 0, -2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Position(Stream.P2P, -1, 0));
  }

  @Test
  void partitionsAreOrderedByStreamThenNumber() {
    List<StreamPartition> sorted = new ArrayList<>();
    for (Stream stream : Stream.values()) {
      for (int partition : List.of(0, 2, 10)) {
        sorted.add(new StreamPartition(stream, partition));
      }
    }
    List<StreamPartition> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(3));
    Collections.sort(shuffled);
    assertThat(shuffled).isEqualTo(sorted);
    assertThat(StreamPartition.parse("p2p/2")).isEqualTo(sorted.get(1));
    assertThat(StreamPartition.parse("p2p/2/5")).isNull();
    assertThat(StreamPartition.parse("2")).isNull();
  }

  @Test
  void streamsAreFoundByEachOfTheirNames() {
    for (Stream stream : Stream.values()) {
      assertThat(Stream.ofWire(stream.wire())).isEqualTo(stream);
      assertThat(Stream.ofTopic(stream.topic())).isEqualTo(stream);
    }
    assertThat(Stream.ofWire("P2P")).isNull();
    assertThat(Stream.ofTopic("im.p2p.v1.dlq")).isNull();
  }
}
