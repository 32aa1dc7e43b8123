package im.linnet.log.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.linnet.log.publish.PublishException.Reason;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaPublisherTest {
  private static final Instant NOW = Instant.parse("2026-11-22T15:47:08.123Z");

  private static final int MOST = 3;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<MockProducer<byte[], byte[]>> producers = new CopyOnWriteArrayList<>();
  private final KafkaPublisher publisher =
      new KafkaPublisher(
          this::newProducer,
          TopicCatalogue.EMBEDDED,
          "test",
          Clock.fixed(NOW, ZoneOffset.UTC),
          MOST,
          new PublishListener() {
            @Override
            public void acked(long nanos) {
              told.add("acked");
            }

            @Override
            public void failed(Reason reason) {
              told.add(reason.name());
            }
          });

  @BeforeEach
  void start() {
    publisher.start();
  }

  @AfterEach
  void close() {
    publisher.close(Duration.ZERO);
  }

  @Test
  void writesTheHeadersInTheirOrder() {
    var published = publisher.publish(message("s1"));
    ProducerRecord<byte[], byte[]> sent = producer(0).history().getFirst();
    List<String> headers = new ArrayList<>();
    for (Header header : sent.headers()) {
      headers.add(header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8));
    }
    assertThat(headers)
        .containsExactly(
            "ce_type=message",
            "ce_specversion=1.0",
            "ce_id=id1",
            "ce_source=/edge/e1",
            "ce_time=2026-11-22T15:47:08.123Z",
            "content-type=application/json",
            EventHeaders.SESSION + "=s1");
    assertThat(sent.partition()).isEqualTo(publisher.partition(Topic.P2P, "bb"));
    assertThat(published).isNotDone();
    assertThat(producer(0).completeNext()).isTrue();
    assertThat(published).isCompleted();
  }

  @Test
  void leavesTheSessionOutWhereNoneAsked() {
    var unused = publisher.publish(message(null));
    assertThat(producer(0).history().getFirst().headers().lastHeader(EventHeaders.SESSION))
        .isNull();
  }

  @Test
  void refusesAtOnceWhenTheBufferIsFull() {
    producer(0).sendException = new BufferExhaustedException("full");
    assertReason(publisher.publish(message(null)), Reason.OVERLOADED);
    assertThat(publisher.check()).hasValueSatisfying(line -> assertThat(line).contains("full"));
    producer(0).sendException = null;
    var published = publisher.publish(message(null));
    producer(0).completeNext();
    assertThat(published).isCompleted();
    assertThat(publisher.check()).isEmpty();
  }

  @Test
  void saysTimeoutWhenNobodyKnows() {
    var published = publisher.publish(message(null));
    producer(0).errorNext(new TimeoutException("expired"));
    assertReason(published, Reason.TIMEOUT);
    assertThat(producers).hasSize(1);
  }

  @Test
  void replacesALostProducerAndGoesOn() {
    var published = publisher.publish(message(null));
    producer(0).errorNext(new ClusterAuthorizationException("not any more"));
    assertReason(published, Reason.FATAL);
    await()
        .until(
            () -> publisher.check().filter(line -> line.contains("the newest record")).isPresent());
    assertThat(producer(0).closed()).isTrue();
    var second = publisher.publish(message(null));
    assertThat(producer(1).completeNext()).isTrue();
    assertThat(second).isCompleted();
    assertThat(publisher.check()).isEmpty();
  }

  @Test
  void closingCompletesEveryFuture() {
    var published = publisher.publish(message(null));
    publisher.close(Duration.ZERO);
    assertReason(published, Reason.TIMEOUT);
    assertReason(publisher.publish(message(null)), Reason.OVERLOADED);
    assertThat(publisher.check()).contains("closed");
  }

  @Test
  void refusesMoreThanMayBeUnderWay() {
    List<CompletableFuture<Appended>> taken = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      taken.add(publisher.publish(message(null)));
    }
    assertThat(publisher.inFlight()).isEqualTo(MOST);
    assertReason(publisher.publish(message(null)), Reason.OVERLOADED);
    assertThat(producer(0).history()).hasSize(MOST);
    assertThat(producer(0).completeNext()).isTrue();
    assertThat(taken.getFirst()).isCompleted();
    assertThat(publisher.inFlight()).isEqualTo(MOST - 1);
    var next = publisher.publish(message(null));
    while (producer(0).completeNext()) {
      assertThat(publisher.inFlight()).isLessThan(MOST);
    }
    assertThat(next).isCompleted();
    assertThat(publisher.inFlight()).isZero();
  }

  @Test
  void whatMustGoOutIsNeitherBoundNorCounted() {
    for (int i = 0; i < MOST; i++) {
      var unused = publisher.publish(message(null));
    }
    var urgent = publisher.unbounded().publish(message(null));
    assertThat(publisher.inFlight()).isEqualTo(MOST);
    while (producer(0).completeNext()) {
      assertThat(told).hasSizeLessThanOrEqualTo(MOST);
    }
    assertThat(urgent).isCompleted();
    assertThat(told).containsExactly("acked", "acked", "acked");
    assertThat(publisher.inFlight()).isZero();
  }

  @Test
  void tellsTheFateOfEachRecordOnce() {
    var first = publisher.publish(message(null));
    var second = publisher.publish(message(null));
    producer(0).completeNext();
    producer(0).errorNext(new TimeoutException("expired"));
    assertThat(first).isCompleted();
    assertReason(second, Reason.TIMEOUT);
    assertThat(told).containsExactly("acked", "TIMEOUT");
    var third = publisher.publish(message(null));
    publisher.close(Duration.ZERO);
    producer(0).completeNext();
    assertReason(third, Reason.TIMEOUT);
    assertReason(publisher.publish(message(null)), Reason.OVERLOADED);
    assertThat(told).containsExactly("acked", "TIMEOUT", "TIMEOUT", "OVERLOADED");
    assertThat(publisher.inFlight()).isZero();
  }

  @Test
  void refusesATopicThatIsNotInTheCatalogue() {
    assertThatThrownBy(
            () ->
                publisher.publish(
                    new OutgoingRecord("other", "bb", null, "message", "id", "/e", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'other'");
  }

  private MockProducer<byte[], byte[]> producer(int number) {
    return producers.get(number);
  }

  private static OutgoingRecord message(String session) {
    byte[] value = "{}".getBytes(StandardCharsets.UTF_8);
    return new OutgoingRecord(Topic.P2P, "bb", value, "message", "id1", "/edge/e1", session);
  }

  private static void assertReason(CompletableFuture<Appended> published, Reason reason) {
    assertThatThrownBy(() -> published.get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            PublishException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private Producer<byte[], byte[]> newProducer() {
    Node node = new Node(1, "localhost", 1);
    List<PartitionInfo> partitions = new ArrayList<>();
    for (Topic topic : TopicCatalogue.all()) {
      for (int i = 0; i < TopicCatalogue.EMBEDDED.partitions(topic); i++) {
        partitions.add(
            new PartitionInfo(topic.name(), i, node, new Node[] {node}, new Node[] {node}));
      }
    }
    MockProducer<byte[], byte[]> made =
        new MockProducer<>(
            new Cluster("log", List.of(node), partitions, Set.of(), Set.of()),
            false,
            null,
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producers.add(made);
    return made;
  }
}
