package im.linnet.bench;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.Stream;
import im.linnet.schemas.TimeOrderedUuid;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SplittableRandom;
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
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * What the machine can do without any messaging logic: one producer (acks=all, lz4, the same
 * records as a real message) to the broker, one consumer of it, and the same document per message
 * inserted into the same collections with the same indexes and write concern. Nobody is connected,
 * nothing is decided, nothing is answered.
 */
final class Yardstick {
  // A topic of its own, so that no persister stores and no edge tails what only measures.
  private static final String TOPIC = "bench.yardstick";
  private static final int BATCH = 1_000;
  private static final int ADMIN_SECONDS = 15;
  private static final int MADE_UP_PARTITIONS = 10_000;
  private static final int PARTITIONS_AT_ONCE = 8;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(2);
  // Enough to keep the broker busy, not so much that the consumer reads from disk what is long
  // gone.
  private static final int AHEAD = 20_000;

  private final String bootstrap;
  private final @Nullable YardstickDocuments documents;
  private final int textBytes;
  private final Contacts contacts;
  private final SplittableRandom random;
  private long madeUp;

  /** The yardstick on that broker; without documents only its first half. */
  Yardstick(
      String bootstrap,
      @Nullable YardstickDocuments documents,
      int textBytes,
      Contacts contacts,
      SplittableRandom random) {
    this.bootstrap = bootstrap;
    this.documents = documents;
    this.textBytes = textBytes;
    this.contacts = contacts;
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
  static void createTopic(String bootstrap) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      int partitions =
          admin
              .describeTopics(List.of(Topic.P2P))
              .topicNameValues()
              .values()
              .iterator()
              .next()
              .get(ADMIN_SECONDS, TimeUnit.SECONDS)
              .partitions()
              .size();
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
        if (documents != null) {
          documents.insert(batch);
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
    long start = System.nanoTime();
    long end = start + length.toNanos();
    long inserted = 0;
    while (System.nanoTime() < end) {
      inserted += insertMadeUp();
    }
    return new Outcome(inserted, (System.nanoTime() - start) / 1e9);
  }

  /** Inserts so many documents, so that what is measured next meets a store that is not empty. */
  void preload(long messages) {
    long inserted = 0;
    while (inserted < messages) {
      inserted += insertMadeUp();
    }
  }

  private int insertMadeUp() {
    if (documents == null) {
      throw new IllegalStateException("no database to insert into");
    }
    long now = System.currentTimeMillis();
    List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      ProducerRecord<String, byte[]> record = record();
      // Partitions that the topic does not have, so their places are nobody else's.
      int partition = MADE_UP_PARTITIONS + (int) (madeUp % PARTITIONS_AT_ONCE);
      batch.add(
          new ConsumerRecord<>(
              record.topic(),
              partition,
              madeUp++,
              now,
              TimestampType.LOG_APPEND_TIME,
              record.key().length(),
              record.value().length,
              record.key(),
              record.value(),
              record.headers(),
              Optional.empty()));
    }
    documents.insert(batch);
    return BATCH;
  }

  private ProducerRecord<String, byte[]> record() {
    int sender = random.nextInt(contacts.users());
    String from = LoadUser.name(sender);
    String to = LoadUser.name(contacts.next(sender, random));
    String uuid = TimeOrderedUuid.at(System.currentTimeMillis());
    MessageEvent message =
        new MessageEvent(Stream.P2P, uuid, from, to, "text", BenchText.of(1, 2, 3, textBytes));
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(TOPIC, to, InboxEventCodec.encode(message));
    header(record, EventHeaders.TYPE, MessageEvent.TYPE);
    header(record, EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_VALUE);
    header(record, EventHeaders.ID, uuid);
    header(record, EventHeaders.SOURCE, message.source());
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
}
