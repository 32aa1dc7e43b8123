package im.linnet.cli.bench;

import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.Inbox;
import im.linnet.schemas.document.LogPlace;
import im.linnet.schemas.document.RecordMessage;
import im.linnet.schemas.event.EventIdentity;
import im.linnet.schemas.event.InboxEvent.Message;
import im.linnet.schemas.event.InboxEventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * What the machine can do without any messaging logic: one producer (acks=all, lz4, the same
 * records as a real message) to the broker, one consumer behind it, and the same two documents per
 * message inserted into the same collections with the same indexes and write concern. Nobody is
 * connected, nothing is decided, nothing is answered.
 */
final class Yardstick {
  // A topic of its own, so that no persister stores and no edge tails what only measures.
  private static final String TOPIC = "bench.yardstick";
  private static final int BATCH = 1_000;
  private static final int USERS = 2_000;
  private static final int ADMIN_SECONDS = 15;
  private static final int OFFSET_DIGITS = 19;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(2);
  // Enough to keep the broker busy, not so much that the consumer reads from disk what is long
  // gone.
  private static final int AHEAD = 20_000;

  private final String bootstrap;
  private final @Nullable MongoDatabase database;
  private final int textBytes;
  private final SplittableRandom random;
  private long madeUp;

  /** The yardstick on that broker; without a database only its first half. No uuid comes twice. */
  Yardstick(
      String bootstrap, @Nullable MongoDatabase database, int textBytes, SplittableRandom random) {
    this.bootstrap = bootstrap;
    this.database = database;
    this.textBytes = textBytes;
    this.random = random;
  }

  /**
   * What a phase did.
   *
   * @param messages through the whole pipeline
   * @param seconds it took
   */
  record Outcome(long messages, double seconds) {
    double perSecond() {
      return messages / seconds;
    }
  }

  /** Creates the yardstick's topic, partitioned and time-stamped as the messages' own. */
  static void createTopic(String bootstrap, int partitions) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      NewTopic topic =
          new NewTopic(TOPIC, partitions, (short) 1)
              .configs(Map.of("message.timestamp.type", "LogAppendTime"));
      admin.createTopics(List.of(topic)).all().get(ADMIN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("cannot create the topic " + TOPIC + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Produce, consume and, with a database, insert, for that long. */
  Outcome pipeline(Duration length) {
    try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(consumerSettings());
        KafkaProducer<String, byte[]> producer = new KafkaProducer<>(producerSettings())) {
      assignAtEnd(consumer);
      Inserter inserter = database == null ? null : new Inserter(database);
      long start = System.nanoTime();
      long end = start + length.toNanos();
      long produced = 0;
      long consumed = 0;
      while (System.nanoTime() < end || consumed < produced) {
        while (System.nanoTime() < end && produced - consumed < AHEAD) {
          // A failure shows as a record that never comes out of the log.
          var unused = producer.send(record());
          produced++;
        }
        if (System.nanoTime() >= end) {
          producer.flush();
        }
        ConsumerRecords<String, byte[]> batch = consumer.poll(POLL);
        consumed += batch.count();
        if (inserter != null) {
          inserter.insert(batch);
        }
        if (System.nanoTime() > end + DRAIN_LIMIT.toNanos()) {
          throw new IllegalStateException((produced - consumed) + " records were never consumed");
        }
      }
      return new Outcome(consumed, (System.nanoTime() - start) / 1e9);
    }
  }

  /** Inserts alone, for that long: documents as the pipeline's, made up instead of consumed. */
  Outcome insertsOnly(Duration length) {
    MongoDatabase target = database;
    if (target == null) {
      throw new IllegalStateException("no database to insert into");
    }
    Inserter inserter = new Inserter(target);
    long start = System.nanoTime();
    long end = start + length.toNanos();
    long inserted = 0;
    while (System.nanoTime() < end) {
      List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>(BATCH);
      for (int i = 0; i < BATCH; i++) {
        ProducerRecord<String, byte[]> record = record();
        // A partition that the topic does not have, so its places are nobody else's.
        batch.add(
            new ConsumerRecord<>(record.topic(), 9_999, madeUp++, record.key(), record.value()));
      }
      inserter.insert(batch);
      inserted += BATCH;
    }
    return new Outcome(inserted, (System.nanoTime() - start) / 1e9);
  }

  private ProducerRecord<String, byte[]> record() {
    String from = LoadUser.name(random.nextInt(USERS));
    String to = LoadUser.name(random.nextInt(USERS));
    String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
    Message message =
        new Message(Stream.P2P, uuid, from, to, "text", BenchText.of(1, 2, 3, textBytes));
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(TOPIC, to, InboxEventCodec.encode(message));
    header(record, EventHeaders.TYPE, Message.TYPE);
    header(record, EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_VALUE);
    header(record, EventHeaders.ID, uuid);
    header(record, EventHeaders.SOURCE, EventIdentity.source(message));
    record.headers().add(EventHeaders.TIME, EventTime.format(System.currentTimeMillis()));
    header(record, EventHeaders.CONTENT_TYPE, EventHeaders.JSON);
    return record;
  }

  private static void header(ProducerRecord<?, ?> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static void assignAtEnd(KafkaConsumer<?, ?> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(TOPIC).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  private Properties producerSettings() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("key.serializer", StringSerializer.class.getName());
    settings.put("value.serializer", ByteArraySerializer.class.getName());
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    settings.put("compression.type", "lz4");
    settings.put("linger.ms", "5");
    return settings;
  }

  private Properties consumerSettings() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("key.deserializer", StringDeserializer.class.getName());
    settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    settings.put("max.poll.records", Integer.toString(BATCH));
    return settings;
  }

  /** A client for the yardstick's own writes: majority and journal, as the persister's. */
  static MongoClient client(String uri) {
    return com.mongodb.client.MongoClients.create(
        MongoClientSettings.builder()
            .applyConnectionString(new com.mongodb.ConnectionString(uri))
            .writeConcern(WriteConcern.MAJORITY.withJournal(true))
            .build());
  }

  /** Writes the two documents of each record, and nothing else. */
  private static final class Inserter {
    private final MongoCollection<BsonDocument> messages;
    private final MongoCollection<BsonDocument> inbox;
    private final InsertManyOptions unordered = new InsertManyOptions().ordered(false);

    Inserter(MongoDatabase database) {
      this.messages =
          database.getCollection(RecordMessage.collection(Stream.P2P), BsonDocument.class);
      this.inbox = database.getCollection(Inbox.COLLECTION, BsonDocument.class);
    }

    void insert(Iterable<ConsumerRecord<String, byte[]>> records) {
      List<BsonDocument> messageDocuments = new ArrayList<>(BATCH);
      List<BsonDocument> inboxDocuments = new ArrayList<>(BATCH);
      for (ConsumerRecord<String, byte[]> record : records) {
        Message message = message(record.value());
        messageDocuments.add(messageDocument(message, record));
        inboxDocuments.add(inboxDocument(record));
      }
      if (!messageDocuments.isEmpty()) {
        messages.insertMany(messageDocuments, unordered);
        inbox.insertMany(inboxDocuments, unordered);
      }
    }

    private static Message message(byte[] value) {
      try {
        return (Message) InboxEventCodec.decode(Stream.P2P, Message.TYPE, value);
      } catch (im.linnet.schemas.event.MalformedEventException e) {
        throw new IllegalStateException("the yardstick's own record is malformed", e);
      }
    }

    private static BsonDocument messageDocument(Message message, ConsumerRecord<?, ?> record) {
      BsonDocument log =
          new BsonDocument(LogPlace.PARTITION, new BsonInt32(record.partition()))
              .append(LogPlace.OFFSET, new BsonInt64(record.offset()))
              .append(LogPlace.TIMESTAMP, new BsonInt64(record.timestamp()));
      String identity = message.to() + '|' + message.uuid() + '|' + message.from();
      return new BsonDocument("_id", new BsonString(identity))
          .append(RecordMessage.FROM_ID, new BsonString(message.from()))
          .append(RecordMessage.TO_ID, new BsonString(message.to()))
          .append(RecordMessage.CONTENT, new BsonString(message.content()))
          .append(RecordMessage.TIME, new BsonInt64(record.timestamp() / 1_000))
          .append(RecordMessage.UUID, new BsonString(message.uuid()))
          .append(RecordMessage.IS_READ, BsonBoolean.FALSE)
          .append(RecordMessage.TYPE, new BsonString(message.token()))
          .append(RecordMessage.LOG, log);
    }

    private static BsonDocument inboxDocument(ConsumerRecord<String, byte[]> record) {
      String offset = Long.toString(record.offset());
      String padded = "0".repeat(OFFSET_DIGITS - offset.length()) + offset;
      String place = "p2p/" + record.key() + "/" + record.partition() + "/" + padded;
      return new BsonDocument("_id", new BsonString(place))
          .append(Inbox.VALUE, new BsonBinary(record.value()))
          .append(Inbox.TIME, new BsonInt64(record.timestamp()));
    }
  }
}
