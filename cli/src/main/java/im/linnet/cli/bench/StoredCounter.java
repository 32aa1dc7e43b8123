package im.linnet.cli.bench;

import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.Applied;
import im.linnet.schemas.event.AppliedCodec;
import im.linnet.schemas.event.MalformedEventException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How many p2p records the view holds, from what the persister announces, and whether that is all
 * that the log holds. In a bench nobody reads and nobody has two devices, so a p2p record is a
 * message.
 */
final class StoredCounter implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<StreamPartition, Long> applied = new HashMap<>();

  StoredCounter(String bootstrap) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
    settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    this.consumer = new KafkaConsumer<>(settings);
    List<TopicPartition> partitions = partitions(Topic.APPLIED);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Waits until the view holds all that the log holds now; returns how many p2p records that is.
   */
  long awaitAll(Duration limit) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(Topic.P2P));
    long deadline = System.nanoTime() + limit.toNanos();
    while (!holds(ends)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the view holds " + applied + " of " + ends);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record.value());
      }
    }
    return ends.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many partitions the messages' own topic has. */
  int messagePartitions() {
    return partitions(Topic.P2P).size();
  }

  private boolean holds(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(
            end ->
                applied.getOrDefault(new StreamPartition(Stream.P2P, end.getKey().partition()), 0L)
                    >= end.getValue());
  }

  private void take(byte[] value) {
    try {
      Applied announced = AppliedCodec.decode(value);
      announced.offsets().forEach((place, offset) -> applied.merge(place, offset, Math::max));
    } catch (MalformedEventException e) {
      throw new IllegalStateException("an announcement that cannot be read", e);
    }
  }

  private List<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
