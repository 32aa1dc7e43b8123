package im.linnet.log.group;

import im.linnet.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The consumer of a group that has no offsets, and producers of its answers. */
class FakeGroup extends MockConsumer<byte[], byte[]> {
  FakeGroup() {
    super("none");
  }

  @Override
  public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions, Duration timeout) {
    Map<TopicPartition, OffsetAndMetadata> none = new HashMap<>();
    partitions.forEach(partition -> none.put(partition, null));
    return none;
  }

  /** The group gives the member these, in one of its next polls. */
  final void give(List<TopicPartition> partitions) {
    schedulePollTask(() -> rebalance(partitions));
  }

  /**
   * A producer of the topics that have one partition here.
   *
   * @param atCommit runs at each commit, before it
   */
  static Producer<byte[], byte[]> producer(Runnable atCommit) {
    Node node = new Node(1, "localhost", 1);
    Node[] nodes = {node};
    List<PartitionInfo> partitions =
        Stream.of(Topic.PRESENCE, Topic.EDGE)
            .map(topic -> new PartitionInfo(topic, 0, node, nodes, nodes))
            .toList();
    return new MockProducer<>(
        new Cluster("log", List.of(node), partitions, Set.of(), Set.of()),
        true,
        null,
        new ByteArraySerializer(),
        new ByteArraySerializer()) {
      @Override
      public void commitTransaction() {
        atCommit.run();
        super.commitTransaction();
      }
    };
  }
}
