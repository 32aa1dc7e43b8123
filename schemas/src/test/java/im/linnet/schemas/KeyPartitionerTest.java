package im.linnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeyPartitionerTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The values of Kafka's own tests, one for each rest of a division by four. */
  @Test
  void hashesAsKafkaDoes() {
    assertThat(KeyPartitioner.murmur2(bytes("21"))).isEqualTo(-973932308);
    assertThat(KeyPartitioner.murmur2(bytes("foobar"))).isEqualTo(-790332482);
    assertThat(KeyPartitioner.murmur2(bytes("a-little-bit-long-string"))).isEqualTo(-985981536);
    assertThat(KeyPartitioner.murmur2(bytes("a-little-bit-longer-string"))).isEqualTo(-1486304829);
    assertThat(KeyPartitioner.murmur2(bytes("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8")))
        .isEqualTo(-58897971);
    assertThat(KeyPartitioner.murmur2(bytes("abc"))).isEqualTo(479470107);
  }

  /** A change of any line here would scatter the inboxes of clusters in use. */
  @Test
  void usersStandWhereTheyStand() {
    assertThat(KeyPartitioner.partition(bytes("aa"), 64)).isEqualTo(63);
    assertThat(KeyPartitioner.partition(bytes("bb"), 64)).isEqualTo(32);
    assertThat(KeyPartitioner.partition(bytes("cc"), 8)).isEqualTo(3);
    assertThat(KeyPartitioner.partition(bytes("room"), 8)).isEqualTo(6);
    assertThat(KeyPartitioner.partition(new byte[0], 1)).isZero();
  }
}
