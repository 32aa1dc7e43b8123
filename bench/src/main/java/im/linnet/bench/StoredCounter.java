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
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from the announcements of the persister whether the view holds all records of the log,
 * and counts the messages in it. It counts them in MongoDB, or by the announced offsets if the view
 * is in the memory of another process. In a bench no user reads or has two devices, so each p2p
 * record is a message.
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
   * @param mongoUri the database of the view, null for a view in memory
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

  /** Waits until the view holds all records of the log up to now. */
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

  /** The number of messages in the view; exact while no batch is applied. */
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

  /**
   * What a message takes in MongoDB, in bytes.
   *
   * @param data of its documents, not compressed
   * @param indexes of their keys
   */
  record Bytes(double data, double indexes) {}

  /** Null where the view is in memory. */
  @Nullable Bytes bytes() {
    if (client == null) {
      return null;
    }
    BsonDocument stats =
        client
            .getDatabase(database)
            .runCommand(new BsonDocument("dbStats", new BsonInt32(1)), BsonDocument.class);
    double messages = Math.max(1, count());
    return new Bytes(
        stats.getNumber("dataSize").doubleValue() / messages,
        stats.getNumber("indexSize").doubleValue() / messages);
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
