package im.linnet.edge.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.linnet.edge.config.AttachSettings;
import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.reads.SharedEnds;
import im.linnet.edge.session.Attacher;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.applied.AppliedOffsets;
import im.linnet.log.publish.KafkaPublisher;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.tail.KafkaLogScanner;
import im.linnet.log.tail.LogScanner;
import im.linnet.log.tail.TailMeters;
import im.linnet.log.tail.TailReader;
import im.linnet.log.tail.TailSettings;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.records.RecordPlanner;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.RecordDecoder;
import im.linnet.schemas.frame.CloseCode;
import im.linnet.testkit.TestBroker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attaching on a real broker while messages go on arriving. */
class AttachmentsIT {
  private static final TopicCatalogue CATALOGUE = new TopicCatalogue(2, 2, 1);
  private static final int BEFORE = 3_000;
  private static final int MEANWHILE = 1_000;
  private static TestBroker broker;

  private final Map<StreamPartition, Long> applied = new ConcurrentHashMap<>();
  private final InMemoryRecordStore store = new InMemoryRecordStore();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final ExecutorService pages = Executors.newFixedThreadPool(2);
  private final ExecutorService passes = Executors.newFixedThreadPool(1);
  private KafkaPublisher publisher;
  private TopicAdmin admin;
  private KafkaLogScanner scanner;
  private TailReader tail;
  private Attachments attachments;

  private final class Applied implements AppliedOffsets {
    @Override
    public long applied(StreamPartition partition) {
      return applied.getOrDefault(partition, 0L);
    }

    @Override
    public String view() {
      return store.state().id();
    }

    @Override
    public CompletableFuture<Void> await(StreamPartition partition, long offset, Duration wait) {
      throw new UnsupportedOperationException();
    }
  }

  /** A session whose client takes every frame at once. */
  private static final class QuickSession extends TestSession {
    final List<String> frames = new CopyOnWriteArrayList<>();
    volatile CloseCode code;

    QuickSession(String user) {
      super(Runnable::run, "session-" + user, user);
    }

    @Override
    public boolean offer(byte[] frame) {
      frames.add(new String(frame, StandardCharsets.UTF_8));
      return true;
    }

    @Override
    public CompletableFuture<Void> room() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close(CloseCode reason, String detail, long retryAfterMillis) {
      code = reason;
    }

    @Override
    public boolean isClosed() {
      return code != null;
    }

    List<String> uuids() {
      return frames.stream()
          .filter(each -> each.contains("\"uuid\":\""))
          .map(each -> each.replaceAll(".*\"uuid\":\"([^\"]*)\".*", "$1"))
          .toList();
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
    KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
    store.open(broker.clusterId());
    publisher = new KafkaPublisher(kafka, CATALOGUE, "test", Clock.systemUTC());
    publisher.start();
    admin = TopicAdmin.open(kafka);
    scanner = new KafkaLogScanner(kafka, CATALOGUE, Duration.ofSeconds(10), 200_000);
    tail =
        new TailReader(
            kafka,
            "test",
            CATALOGUE,
            new Applied(),
            new TailSettings(400_000, Duration.ofSeconds(60), 128L << 20, Duration.ofSeconds(15)),
            new SecureRandom(),
            new TailMeters(registry));
    tail.start();
    attachments =
        new Attachments(
            new Attachments.Sources(
                tail,
                store,
                new Applied(),
                new SharedEnds(admin.offsets()),
                scanner,
                broker.clusterId()),
            new Attachments.Workers(pages, passes),
            CATALOGUE,
            user -> publisher.partition(Topic.P2P, user),
            AttachSettings.DEFAULT,
            new AttachMeters(new EdgeMetrics(registry)),
            new Random());
  }

  @AfterEach
  void stop() {
    tail.close();
    admin.close();
    publisher.close();
    store.close();
    pages.shutdownNow();
    passes.shutdownNow();
  }

  private CompletableFuture<?> send(String to, int number) {
    MessageEvent message = new MessageEvent(Stream.P2P, "u" + number, "aa", to, "text", "hello");
    return publisher.publish(
        new OutgoingRecord(
            Topic.P2P,
            to,
            InboxEventCodec.encode(message),
            message.type(),
            message.uuid(),
            message.source(),
            null));
  }

  private void send(String to, int from, int count) throws Exception {
    List<CompletableFuture<?>> acks = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      acks.add(send(to, i));
    }
    CompletableFuture.allOf(acks.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
  }

  private StreamPartition place(String user) {
    return new StreamPartition(Stream.P2P, publisher.partition(Topic.P2P, user));
  }

  /** What a persister does, up to what the log has now. */
  private void persist(String user, long next) {
    StreamPartition place = place(user);
    List<Decoded.Valid<InboxEvent>> valid = new ArrayList<>();
    long from = applied.getOrDefault(place, 0L);
    while (from < next) {
      var scan = scanner.scan(place, from, next, LogScanner.Wanted.ofKeys(Set.of(user)));
      for (LogRecord record : scan.records().getOrDefault(user, List.of())) {
        valid.add((Decoded.Valid<InboxEvent>) RecordDecoder.ofStreams(CATALOGUE).decode(record));
      }
      from = scan.next();
    }
    store.apply(RecordPlanner.plan(valid, Map.of(place, next)));
    applied.put(place, next);
  }

  private void attachWhileMoreArrive(QuickSession session) throws Exception {
    CompletableFuture<Void> sending = new CompletableFuture<>();
    Thread sender =
        new Thread(
            () -> {
              try {
                send(session.user(), BEFORE, MEANWHILE);
                sending.complete(null);
              } catch (Exception e) {
                sending.completeExceptionally(e);
              }
            });
    sender.start();
    CompletableFuture<Void> live =
        attachments.attach(
            session,
            new Attacher.Request(null, null, true, CompletableFuture.completedFuture(null)));
    live.get(30, TimeUnit.SECONDS);
    sending.get(30, TimeUnit.SECONDS);
    send(session.user(), BEFORE + MEANWHILE, 5);
    int all = BEFORE + MEANWHILE + 5;
    await().atMost(Duration.ofSeconds(30)).until(() -> session.uuids().size() >= all);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      expected.add("u" + i);
    }
    assertThat(session.uuids()).isEqualTo(expected);
    assertThat(session.frames.stream().filter(each -> each.contains("\"op\":\"synced\"")))
        .hasSize(1);
    assertThat(session.code).isNull();
    attachments.detach(session);
  }

  @Test
  void withThePersisterStoppedAllComesFromTheLog() throws Exception {
    send("stopped", 0, BEFORE);
    // A ring that holds a part only: somebody else's session has kept the partition tailed.
    QuickSession other = new QuickSession("stopped");
    attachments
        .attach(
            other, new Attacher.Request(null, null, true, CompletableFuture.completedFuture(null)))
        .get(30, TimeUnit.SECONDS);
    assertThat(registry.get("linnet.edge.tail.evicted").counter().count()).isPositive();

    attachWhileMoreArrive(new QuickSession("stopped"));

    assertThat(counted("attach.log.passes")).isPositive();
    assertThat(counted("attach.store.rounds")).as("the topics of each session's user").isEqualTo(2);
  }

  @Test
  void withAViewTheUnreadComeFromTheStoreAndTheRestFromTheLog() throws Exception {
    send("stored", 0, BEFORE / 2);
    long next =
        admin
            .offsets()
            .endOffsetsAsync(List.of(LogPartition.of(place("stored"))))
            .get(10, TimeUnit.SECONDS)
            .values()
            .iterator()
            .next();
    persist("stored", next);
    send("stored", BEFORE / 2, BEFORE - BEFORE / 2);

    attachWhileMoreArrive(new QuickSession("stored"));

    assertThat(counted("attach.store.rounds")).isPositive();
  }

  private long counted(String name) {
    return (long) registry.get("linnet.edge." + name).counter().count();
  }
}
