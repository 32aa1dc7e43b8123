package im.linnet.broker;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own clients with bounded waits, in the few sentences that the tests speak. */
final class LogClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String servers;
  private final Admin admin;
  private final KafkaProducer<String, String> producer;

  LogClient(String servers) {
    this.servers = servers;
    admin = Admin.create(Map.of("bootstrap.servers", servers));
    producer = producer(Map.of("max.block.ms", Long.toString(PATIENCE.toMillis())));
  }

  void createTopic(String name, int partitions) throws Exception {
    admin
        .createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
        .all()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  void produce(String topic, String key, String value) throws Exception {
    producer
        .send(new ProducerRecord<>(topic, key, value))
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** As {@link #produce}, but does not wait long for a topic that is not there. */
  void produceInHaste(String topic, String key, String value) throws Exception {
    try (KafkaProducer<String, String> hasty = producer(Map.of("max.block.ms", "2000"))) {
      hasty.send(new ProducerRecord<>(topic, key, value)).get();
    }
  }

  void inTransaction(
      String id,
      String topic,
      String value,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      boolean commit)
      throws Exception {
    try (KafkaProducer<String, String> transactional = producer(Map.of("transactional.id", id))) {
      transactional.initTransactions();
      transactional.beginTransaction();
      transactional.send(new ProducerRecord<>(topic, value)).get(20, TimeUnit.SECONDS);
      if (!offsets.isEmpty()) {
        try (KafkaConsumer<String, String> member = consumer(Map.of("group.id", "decider"))) {
          transactional.sendOffsetsToTransaction(offsets, member.groupMetadata());
        }
      }
      if (commit) {
        transactional.commitTransaction();
      } else {
        transactional.abortTransaction();
      }
    }
  }

  /** Leaves a transaction open, as a producer does whose process was killed. */
  void abandonTransaction(String id, String topic, String value, Duration timeout)
      throws Exception {
    KafkaProducer<String, String> transactional =
        producer(
            Map.of(
                "transactional.id",
                id,
                "transaction.timeout.ms",
                Long.toString(timeout.toMillis())));
    transactional.initTransactions();
    transactional.beginTransaction();
    transactional.send(new ProducerRecord<>(topic, value)).get(20, TimeUnit.SECONDS);
    transactional.close(Duration.ZERO);
  }

  /** The first values of all partitions, read_committed, as soon as that many are there. */
  List<String> readAll(String topic, int atLeast) {
    try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
      Collection<TopicPartition> partitions =
          IntStream.range(0, consumer.partitionsFor(topic, PATIENCE).size())
              .mapToObj(partition -> new TopicPartition(topic, partition))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return pollUntil(consumer, atLeast);
    }
  }

  List<String> consumeInGroup(String group, String topic, int atLeast) {
    try (KafkaConsumer<String, String> consumer = consumer(Map.of("group.id", group))) {
      consumer.subscribe(List.of(topic));
      List<String> values = pollUntil(consumer, atLeast);
      consumer.commitSync(PATIENCE);
      return values;
    }
  }

  long committed(String group, TopicPartition partition) throws Exception {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .get(partition)
        .offset();
  }

  Set<String> topics() throws Exception {
    return admin.listTopics().names().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    admin.close(Duration.ofSeconds(5));
  }

  private static List<String> pollUntil(KafkaConsumer<String, String> consumer, int atLeast) {
    List<String> values = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(100))) {
                values.add(each.value());
              }
              return values.size() >= atLeast;
            });
    return values;
  }

  private KafkaProducer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", servers);
    settings.put("acks", "all");
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private KafkaConsumer<String, String> consumer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", servers);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", "false");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }
}
