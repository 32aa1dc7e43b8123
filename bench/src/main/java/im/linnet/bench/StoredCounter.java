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
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from the announcements of the persister whether the view holds all records of the log,
 * and counts the messages in it. It counts them in MongoDB, or by the announced offsets if the view
 * is in the memory of another process. In a bench no user reads or has two devices, so during a
 * phase each record is a message.
 */
final class StoredCounter implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final @Nullable MongoClient client;
  private final String database;
  private final Stream stream;
  private final Map<StreamPartition, Long> applied = new HashMap<>();

  /**
   * Counts the messages of one log.
   *
   * @param mongoUri the database of the view, null for a view in memory
   * @param stream of the messages
   */
  StoredCounter(String bootstrap, @Nullable String mongoUri, Stream stream) {
    this.stream = stream;
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
    Map<TopicPartition, Long> ends = ends();
    long deadline = System.nanoTime() + limit.toNanos();
    while (lacking(ends) > 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the view holds " + applied + " of " + ends);
      }
      poll();
    }
  }

  /** How many records of the log the view lacks now, by all announcements up to now. */
  long lacking() {
    Map<TopicPartition, Long> announced = consumer.endOffsets(consumer.assignment());
    while (announced.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll();
    }
    return lacking(ends());
  }

  private void poll() {
    consumer.poll(POLL).forEach(record -> take(record.value()));
  }

  /** The number of messages in the view; exact while no batch is applied. */
  long count() {
    if (client == null) {
      return applied.entrySet().stream()
          .filter(each -> each.getKey().stream() == stream)
          .mapToLong(Map.Entry::getValue)
          .sum();
    }
    return client
        .getDatabase(database)
        .getCollection(RecordMessage.collection(stream))
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

  private Map<TopicPartition, Long> ends() {
    return consumer.endOffsets(partitions(stream.topic()));
  }

  private long lacking(Map<TopicPartition, Long> ends) {
    long lacking = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      StreamPartition place = new StreamPartition(stream, end.getKey().partition());
      lacking += Math.max(0, end.getValue() - applied.getOrDefault(place, 0L));
    }
    return lacking;
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
