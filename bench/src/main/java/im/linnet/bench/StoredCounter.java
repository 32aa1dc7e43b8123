package im.linnet.bench;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.document.RecordMessage;
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
import org.jspecify.annotations.Nullable;

/**
 * Whether the view holds all that the log holds, from what the persister announces, and how many
 * messages that is: counted in MongoDB, or, where the view is in another process's memory, by the
 * offsets that were announced. In a bench nobody reads and nobody has two devices, so a p2p record
 * is a message.
 */
final class StoredCounter implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final @Nullable MongoClient client;
  private final String database;
  private final Map<StreamPartition, Long> applied = new HashMap<>();

  /**
   * Counts the messages of one log.
   *
   * @param mongoUri the database that holds the view, null where it is in memory
   */
  StoredCounter(String bootstrap, @Nullable String mongoUri) {
    this.client = mongoUri == null ? null : MongoClients.create(mongoUri);
    this.database = mongoUri == null ? "" : new ConnectionString(mongoUri).getDatabase();
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

  /** Waits until the view holds all that the log holds now. */
  void awaitAll(Duration limit) {
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
  }

  /** How many messages the view holds; exact where nothing is being applied. */
  long count() {
    if (client == null) {
      return applied.entrySet().stream()
          .filter(each -> each.getKey().stream() == Stream.P2P)
          .mapToLong(Map.Entry::getValue)
          .sum();
    }
    return client
        .getDatabase(database)
        .getCollection(RecordMessage.collection(Stream.P2P))
        .estimatedDocumentCount();
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
    if (client != null) {
      client.close();
    }
  }
}
