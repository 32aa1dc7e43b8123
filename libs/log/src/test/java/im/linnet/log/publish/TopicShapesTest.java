package im.linnet.log.publish;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.KeyPartitioner;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import java.util.Random;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class TopicShapesTest {
  /** What any producer with Kafka's own partitioner writes stands where all readers expect it. */
  @Test
  void aKeysPartitionIsKafkasOwn() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      byte[] key = new byte[random.nextInt(70)];
      random.nextBytes(key);
      int partitions = 1 + random.nextInt(300);
      assertThat(KeyPartitioner.partition(key, partitions))
          .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
    }
  }

  @Test
  void aTopicHasTheCataloguesCount() {
    TopicShapes shapes = new TopicShapes(new TopicCatalogue(64, 32, 16));
    byte[] key = TopicShapes.keyBytes("aa");
    assertThat(shapes.of(Topic.P2P).partition(key)).isEqualTo(63);
    assertThat(shapes.of(Topic.TOPIC).partition(key)).isEqualTo(31);
    assertThat(shapes.of(Topic.COMMAND).partition(key)).isEqualTo(15);
    assertThat(shapes.of(Topic.EDGE).partition(key)).isZero();
  }
}
