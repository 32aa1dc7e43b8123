package im.linnet.log.tail;

import static im.linnet.log.tail.TailRecords.bytes;
import static im.linnet.log.tail.TailRecords.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.linnet.log.KafkaSettings;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.applied.AppliedOffsets;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.RecordDecoder;
import im.linnet.testkit.CopyCases;
import im.linnet.testkit.TestBroker;
import im.linnet.testkit.TimedRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tail on a real broker: starting, transactions, duplicates, outages, lost places. */
class TailReaderIT {
  private static final int PARTITIONS = 16;
  private static final TopicCatalogue CATALOGUE = new TopicCatalogue(PARTITIONS, 2, 1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static TestBroker broker;
  private static int used;

  private final Map<StreamPartition, Long> applied = new ConcurrentHashMap<>();
  private final Sink sink = new Sink();
  private StreamPartition p2p;
  private int partition;
  private String bb;
  private String cc;
  private final TailMeters meters = new TailMeters(new SimpleMeterRegistry());
  private TailReader tail;
  private KafkaProducer<byte[], byte[]> producer;

  private static final class Sink implements RecordSink {
    final List<Long> taken = new CopyOnWriteArrayList<>();
    final List<StreamPartition> interrupted = new CopyOnWriteArrayList<>();

    @Override
    public void take(Decoded.Valid<? extends LogEvent> record) {
      taken.add(record.record().offset());
    }

    @Override
    public void interrupted(StreamPartition restarted) {
      interrupted.add(restarted);
    }
  }

  private final class Applied implements AppliedOffsets {
    @Override
    public long applied(StreamPartition each) {
      return applied.getOrDefault(each, 0L);
    }

    @Override
    public String view() {
      return "view";
    }

    @Override
    public CompletableFuture<Void> await(StreamPartition each, long offset, Duration timeout) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeAll
  static void startBroker() {
    broker = TestBroker.start(CATALOGUE);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start() {
    // A partition of its own for each test.
    partition = used++;
    p2p = new StreamPartition(Stream.P2P, partition);
    List<String> users =
        IntStream.iterate(0, i -> i + 1)
            .mapToObj(i -> "u" + i)
            .filter(user -> CATALOGUE.partition(Stream.P2P, bytes(user)) == partition)
            .limit(2)
            .toList();
    bb = users.get(0);
    cc = users.get(1);
    producer = producer(Map.of());
    tail =
        new TailReader(
            KafkaSettings.of(broker.bootstrapServers()),
            "test",
            CATALOGUE,
            new Applied(),
            new TailSettings(1 << 20, Duration.ZERO, 1 << 24, Duration.ofSeconds(2)),
            new SecureRandom(),
            meters);
  }

  @AfterEach
  void stop() {
    tail.close();
    producer.close(Duration.ZERO);
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", broker.bootstrapServers());
    config.put("acks", "all");
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private long send(KafkaProducer<byte[], byte[]> by, MessageEvent message) throws Exception {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Stream.P2P.topic(), partition, bytes(message.to()), InboxEventCodec.encode(message));
    record.headers().add(EventHeaders.TYPE, bytes(message.type()));
    record.headers().add(EventHeaders.ID, bytes(message.uuid()));
    record.headers().add(EventHeaders.SOURCE, bytes(message.source()));
    record.headers().add(EventHeaders.TIME, EventTime.format(System.currentTimeMillis()));
    return by.send(record).get(20, TimeUnit.SECONDS).offset();
  }

  private long send(String uuid) throws Exception {
    return send(producer, message("aa", bb, uuid));
  }

  private <T> T ask(Function<TailState, T> question) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    tail.execute(
        state -> {
          try {
            answer.complete(question.apply(state));
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer.get(10, TimeUnit.SECONDS);
  }

  private void retain() throws Exception {
    ask(state -> {
          state.retain(partition);
          return state.whenBegun(p2p);
        })
        .get(20, TimeUnit.SECONDS);
    ask(
        state -> {
          state.subscribe(p2p, bytes(bb), sink);
          return null;
        });
  }

  private long next() throws Exception {
    return ask(state -> state.next(p2p));
  }

  private long ringStart() throws Exception {
    return ask(state -> state.ringStart(p2p));
  }

  private boolean begun() throws Exception {
    return ask(state -> state.begun(p2p));
  }

  private List<Long> replay(long from) throws Exception {
    return ask(
        state -> {
          List<Long> offsets = new CopyOnWriteArrayList<>();
          state.replay(
              p2p, state.ofKey(bytes(bb)), from, record -> offsets.add(record.record().offset()));
          return offsets;
        });
  }

  private void awaitTaken(Long... offsets) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(sink.taken).containsExactly(offsets));
  }

  @Test
  void beginsAtTheAppliedOffsetAndGoesOnLive() throws Exception {
    for (int i = 0; i < 10; i++) {
      send("u" + i);
    }
    applied.put(p2p, 7L);
    tail.start();
    retain();
    await().atMost(PATIENCE).until(() -> next() == 10);
    assertThat(ringStart()).isEqualTo(7);
    assertThat(replay(7)).containsExactly(7L, 8L, 9L);
    sink.taken.clear();

    send("u10");
    send("u3");
    send("u11");

    awaitTaken(10L, 12L);
    assertThat(meters.duplicates.count()).isEqualTo(1);
    tail.check();
  }

  @Test
  void passesWhatATransactionLeavesBehind() throws Exception {
    tail.start();
    retain();
    try (KafkaProducer<byte[], byte[]> writer =
        producer(Map.of("transactional.id", "tail-it", "enable.idempotence", true))) {
      writer.initTransactions();
      writer.beginTransaction();
      send(writer, message("aa", bb, "a1"));
      writer.abortTransaction();
      writer.beginTransaction();
      send(writer, message("aa", bb, "a2"));
      writer.commitTransaction();
    }
    awaitTaken(2L);
    await().atMost(PATIENCE).until(() -> next() == 4);
  }

  @Test
  void goesOnAfterTheBrokerWasAway() throws Exception {
    tail.start();
    retain();
    send("u1");
    awaitTaken(0L);
    broker.stop();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThatThrownBy(tail::check).isInstanceOf(IllegalStateException.class));
    assertThat(begun()).isTrue();
    broker.startAgain();
    send("u2");
    awaitTaken(0L, 1L);
    await().atMost(PATIENCE).ignoreExceptions().untilAsserted(tail::check);
    assertThat(sink.interrupted).isEmpty();
  }

  @Test
  void waitsForABrokerThatIsNotThereYet() throws Exception {
    send("u1");
    applied.put(p2p, 1L);
    broker.stop();
    tail.start();
    CompletableFuture<Void> begun =
        ask(
            state -> {
              state.retain(partition);
              return state.whenBegun(p2p);
            });
    assertThat(begun).isNotDone();
    broker.startAgain();
    begun.get(40, TimeUnit.SECONDS);
    assertThat(next()).isEqualTo(1);
  }

  @Test
  void aPlaceThatIsGoneBeginsAnewLoudly() throws Exception {
    for (int i = 0; i < 5; i++) {
      send("u" + i);
    }
    tail.start();
    retain();
    await().atMost(PATIENCE).until(() -> next() == 5);
    // The tail is held up while an operator deletes what it has not read yet.
    CompletableFuture<Void> deleted = new CompletableFuture<>();
    tail.execute(state -> deleted.join());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      for (int i = 5; i < 10; i++) {
        send("u" + i);
      }
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(Stream.P2P.topic(), partition),
                  RecordsToDelete.beforeOffset(9)))
          .all()
          .get(20, TimeUnit.SECONDS);
    } finally {
      deleted.complete(null);
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(sink.interrupted).containsExactly(p2p));
    assertThat(meters.restarts.count()).isEqualTo(1);
    await().atMost(PATIENCE).until(() -> next() == 10);
  }

  @Test
  void aPartitionThatNobodyNeedsIsLetGo() throws Exception {
    tail.start();
    retain();
    ask(
        state -> {
          state.unsubscribe(p2p, bytes(bb));
          state.release(partition);
          return null;
        });
    await().atMost(PATIENCE).until(() -> !begun());
    long next = send("u1");
    applied.put(p2p, next);
    retain();
    await().atMost(PATIENCE).until(() -> replay(next).equals(List.of(next)));
  }

  @Test
  void aScanReadsAStretchOnceEach() throws Exception {
    for (int i = 0; i < 50; i++) {
      send(producer, message("aa", i % 2 == 0 ? bb : cc, "u" + i / 4));
    }
    KafkaLogScanner scanner =
        new KafkaLogScanner(
            KafkaSettings.of(broker.bootstrapServers()),
            CATALOGUE,
            Duration.ofSeconds(20),
            1 << 20);
    LogScanner.Scan scan = scanner.scan(p2p, 6, 41, LogScanner.Wanted.ofKeys(Set.of(bb)));
    assertThat(scan.next()).isEqualTo(41);
    assertThat(scan.records().get(bb))
        .extracting(LogRecord::offset)
        .containsExactlyElementsOf(
            LongStream.range(8, 41).filter(each -> each % 4 == 0).boxed().toList());

    KafkaLogScanner small =
        new KafkaLogScanner(
            KafkaSettings.of(broker.bootstrapServers()), CATALOGUE, PATIENCE, 2_000);
    LogScanner.Scan part = small.scan(p2p, 0, 50, LogScanner.Wanted.ofKeys(Set.of(bb, cc)));
    assertThat(part.next()).isBetween(2L, 20L);

    KafkaLogScanner hasty =
        new KafkaLogScanner(
            KafkaSettings.of(broker.bootstrapServers()), CATALOGUE, Duration.ofMillis(1), 1 << 20);
    assertThatThrownBy(() -> hasty.scan(p2p, 0, 50, LogScanner.Wanted.ofKeys(Set.of(bb))))
        .isInstanceOf(LogUnavailableException.class);
  }

  @Test
  void aScanLeavesOutTheCopiesThatEveryReaderLeavesOut() throws Exception {
    try (TestBroker other = TestBroker.keepingTimes(CATALOGUE)) {
      KafkaLogScanner scanner =
          new KafkaLogScanner(
              KafkaSettings.of(other.bootstrapServers()), CATALOGUE, PATIENCE, 1 << 20);
      for (Stream stream : List.of(Stream.P2P, Stream.TOPIC)) {
        // What is one partition of the users is in one of the fewer partitions of topics.
        StreamPartition place = new StreamPartition(stream, CATALOGUE.partition(stream, bytes(bb)));
        List<CopyCases.Entry> cases = CopyCases.of(stream, place.partition(), bb, cc);
        TimedRecords.append(other, cases.stream().map(CopyCases.Entry::record).toList());
        leavesOutCopies(scanner, place, cases);
      }
    }
  }

  private void leavesOutCopies(
      LogScanner scanner, StreamPartition place, List<CopyCases.Entry> cases) {
    for (int from = 0; from < cases.size(); from += 1 + from / 4) {
      for (String key : List.of(bb, cc)) {
        // Records of the other key are not kept, and yet may be what a copy is a copy of.
        LogScanner.Wanted wanted = LogScanner.Wanted.ofKeys(Set.of(key));
        assertThat(counting(scanner.scan(place, from, cases.size(), wanted), key))
            .as("for %s of %s from %s", key, place, from)
            .isEqualTo(expected(cases, from, key));
      }
    }
  }

  private List<Long> counting(LogScanner.Scan scan, String user) {
    RecordDecoder<?> decoder = RecordDecoder.ofStreams(CATALOGUE);
    return scan.records().getOrDefault(user, List.of()).stream()
        .filter(record -> decoder.decode(record) instanceof Decoded.Valid<?>)
        .map(LogRecord::offset)
        .toList();
  }

  private static List<Long> expected(List<CopyCases.Entry> cases, int from, String user) {
    return cases.stream()
        .filter(CopyCases.Entry::counts)
        .map(CopyCases.Entry::record)
        .filter(each -> each.offset() >= from && Arrays.equals(each.key(), bytes(user)))
        .map(LogRecord::offset)
        .toList();
  }

  @Test
  void itsEndIsToldApartFromItsDeath() throws Exception {
    tail.start();
    assertThat(tail.stopped()).isNotDone();
    tail.execute(
        state -> {
          throw new AssertionError("a defect");
        });
    assertThat(tail.stopped())
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("a defect");
    assertThatThrownBy(tail::check).hasMessageContaining("thread has ended");
  }

  @Test
  void aCloseEndsItInPeace() {
    tail.start();
    tail.close();
    assertThat(tail.stopped()).succeedsWithin(Duration.ofSeconds(30));
  }
}
