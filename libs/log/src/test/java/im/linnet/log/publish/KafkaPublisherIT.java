package im.linnet.log.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.linnet.log.KafkaClients;
import im.linnet.log.LogFixture;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class KafkaPublisherIT {
  private static LogFixture log;

  @BeforeAll
  static void start() {
    log = new LogFixture();
  }

  @AfterAll
  static void close() {
    log.close();
  }

  @Test
  void keepsTheOrderOfTheCalls() {
    List<CompletableFuture<Appended>> published = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      published.add(log.publish(Topic.MUTUAL, "bb", Integer.toString(i)));
    }
    List<Appended> places = published.stream().map(LogFixture::done).toList();
    assertThat(places.stream().map(Appended::offset)).isSorted().doesNotHaveDuplicates();
    assertThat(places)
        .allSatisfy(
            place ->
                assertThat(place.partition())
                    .isEqualTo(log.publisher.partition(Topic.MUTUAL, "bb")));
    assertThat(log.values(Topic.MUTUAL))
        .containsExactlyElementsOf(IntStream.range(0, 5_000).mapToObj(Integer::toString).toList());
    assertThat(log.publisher.clockSkew().abs()).isLessThan(Duration.ofSeconds(1));
  }

  /** A new topic is visible before its partitions have a leader; some requests come too early. */
  @Test
  void keepsTheOrderOnPartitionsThatGetTheirLeaderMeanwhile() throws Exception {
    int partitions = 8;
    for (int round = 0; round < 10; round++) {
      String topic = "early-" + round;
      log.broker.createTopic(topic, partitions, Map.of());
      try (var producer = KafkaClients.producer(log.settings, "early")) {
        await().ignoreExceptions().until(() -> !producer.partitionsFor(topic).isEmpty());
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
          byte[] value = new byte[2_000];
          sent.add(producer.send(new ProducerRecord<>(topic, i % partitions, null, value)));
        }
        for (int i = 0; i < sent.size(); i++) {
          assertThat(sent.get(i).get(30, TimeUnit.SECONDS).offset()).isEqualTo(i / partitions);
        }
      }
    }
  }

  @Test
  void everyFutureCompletesWhileTheBrokerIsAwayAndNothingAckedIsLost() {
    List<CompletableFuture<Appended>> published = new ArrayList<>();
    List<String> acked = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 300; i++) {
      if (i == 100) {
        log.broker.stop();
      }
      if (i == 200) {
        log.broker.startAgain();
      }
      String value = Integer.toString(i);
      published.add(
          log.publish(Topic.P2P, "cc", value)
              .whenComplete(
                  (place, failure) -> {
                    if (failure == null) {
                      acked.add(value);
                    }
                  }));
    }
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> published.stream().allMatch(CompletableFuture::isDone));
    await()
        .atMost(60, TimeUnit.SECONDS)
        .ignoreExceptions()
        .until(
            () -> {
              var last = log.publish(Topic.P2P, "cc", "last");
              return last.get(20, TimeUnit.SECONDS).offset() >= 0;
            });
    assertThat(log.publisher.check()).isEmpty();
    List<String> stored = log.values(Topic.P2P);
    assertThat(stored).containsAll(acked).doesNotHaveDuplicates();
    assertThat(stored.stream().filter(acked::contains)).containsExactlyElementsOf(acked);
  }

  @Test
  void buriesARecordWithAllThatItHad() {
    byte[] key = "aa".getBytes(StandardCharsets.UTF_8);
    byte[] type = "message".getBytes(StandardCharsets.UTF_8);
    LogRecord poison =
        new LogRecord(
            Topic.PROFILE,
            2,
            77,
            1,
            key,
            "{not json".getBytes(StandardCharsets.UTF_8),
            new EventHeaders(type, null, null, null, null));
    ConsumerRecord<byte[], byte[]> record = buried(poison, "no JSON");
    assertThat(record.key()).isEqualTo(key);
    assertThat(record.value()).isEqualTo(poison.value());
    assertThat(headers(record))
        .contains(
            "ce_type=message",
            "linnet_error=no JSON",
            "linnet_source_topic=im.profile.v1",
            "linnet_source_partition=2",
            "linnet_source_offset=77")
        .noneMatch(header -> header.startsWith("linnet_source_size"));
  }

  /** Other producers' limits may be wider than ours; the partition must go on all the same. */
  @Test
  void buriesTheFirstBytesOfARecordThatIsTooLarge() {
    byte[] huge = new byte[2 << 20];
    new Random(1).nextBytes(huge);
    LogRecord poison =
        new LogRecord(
            Topic.PROFILE, 3, 78, 1, huge, huge, new EventHeaders(huge, huge, null, null, huge));
    ConsumerRecord<byte[], byte[]> record = buried(poison, "value: too many bytes");
    assertThat(record.key()).isEqualTo(Arrays.copyOf(huge, 1_000));
    assertThat(record.value()).isEqualTo(Arrays.copyOf(huge, 16 << 10));
    assertThat(record.headers().lastHeader(EventHeaders.ID).value()).hasSize(1_000);
    assertThat(headers(record))
        .contains(
            "linnet_error=value: too many bytes",
            "linnet_source_offset=78",
            "linnet_source_size=2097152");
    assertThat(log.publisher.check()).isEmpty();
  }

  private static ConsumerRecord<byte[], byte[]> buried(LogRecord poison, String error) {
    Appended place = LogFixture.done(new KafkaDeadLetters(log.publisher).bury(poison, error));
    assertThat(place.partition()).isEqualTo(poison.partition());
    try (var consumer = KafkaClients.assigningConsumer(log.settings, "dlq")) {
      var partition = new TopicPartition(Topic.deadLetters(poison.topic()), place.partition());
      consumer.assign(List.of(partition));
      consumer.seek(partition, place.offset());
      return await()
          .until(
              () -> consumer.poll(Duration.ofMillis(100)).records(partition),
              found -> !found.isEmpty())
          .getFirst();
    }
  }

  private static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
    List<String> headers = new ArrayList<>();
    record
        .headers()
        .forEach(
            header ->
                headers.add(
                    header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8)));
    return headers;
  }
}
