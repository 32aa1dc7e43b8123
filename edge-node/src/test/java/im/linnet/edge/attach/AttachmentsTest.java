package im.linnet.edge.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.linnet.edge.config.AttachSettings;
import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.reads.SharedEnds;
import im.linnet.edge.session.Attacher;
import im.linnet.log.LogPartition;
import im.linnet.log.applied.AppliedOffsets;
import im.linnet.log.publish.PublishException;
import im.linnet.log.tail.LogScanner;
import im.linnet.log.tail.TailMeters;
import im.linnet.log.tail.TailSettings;
import im.linnet.log.tail.TailState;
import im.linnet.log.tail.TailTask;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.CloseCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The corners that a simulation cannot be relied on to name. */
class AttachmentsTest {
  private static final StreamPartition P2P = new StreamPartition(Stream.P2P, 0);
  private static final String LOG_ID = "log";

  private final SimLog log = new SimLog(new Random(5));
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final TailState tail =
      new TailState(
          SimLog.CATALOGUE,
          new TailSettings(1 << 20, Duration.ZERO, 1 << 24, Duration.ofSeconds(1)),
          new Random(1),
          () -> 0,
          new TailMeters(new SimpleMeterRegistry()));
  private final ArrayDeque<TailTask> tasks = new ArrayDeque<>();
  private final ArrayDeque<Runnable> workers = new ArrayDeque<>();
  private final List<Long> passes = new ArrayList<>();
  private boolean busy;
  private boolean tailThrows;
  private Attachments attachments;

  private final class Applied implements AppliedOffsets {
    @Override
    public long applied(StreamPartition partition) {
      return log.part(partition).applied;
    }

    @Override
    public String view() {
      return SimLog.VIEW;
    }

    @Override
    public CompletableFuture<Void> await(StreamPartition partition, long offset, Duration wait) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void make() {
    attachments = attachments(AttachSettings.DEFAULT.withOutbox(1 << 20, 16));
  }

  private Attachments attachments(AttachSettings settings) {
    return new Attachments(
        new Attachments.Sources(
            this::onTail,
            log,
            new Applied(),
            new SharedEnds(
                partitions -> {
                  Map<LogPartition, Long> ends = new HashMap<>();
                  partitions.forEach(each -> ends.put(each, log.part(each.place()).end));
                  return CompletableFuture.completedFuture(ends);
                }),
            this::scan,
            LOG_ID),
        new Attachments.Workers(this::work, this::work),
        SimLog.CATALOGUE,
        SimLog::partition,
        settings,
        new AttachMeters(new EdgeMetrics(registry)),
        new Random(2));
  }

  @Test
  void aPageOfTheLargestOutboxFillsLessThanAHalfOfIt() {
    AttachSettings large = AttachSettings.DEFAULT.withOutbox(Integer.MAX_VALUE, 1_000);
    assertThat(large.pageBytes()).isEqualTo((int) (Integer.MAX_VALUE * 3L / 8));
  }

  private LogScanner.Scan scan(
      StreamPartition partition, long from, long to, LogScanner.Wanted wanted) {
    if (partition.equals(P2P)) {
      passes.add(to);
    }
    return log.scan(partition, from, to, wanted);
  }

  private void onTail(TailTask task) {
    if (tailThrows) {
      throw new IllegalStateException("mistake");
    }
    tasks.add(task);
  }

  private void work(Runnable task) {
    if (busy) {
      throw new RejectedExecutionException("busy");
    }
    workers.add(task);
  }

  /** Runs all that can run; partitions begin at what is applied. */
  private void run() {
    while (!tasks.isEmpty() || !workers.isEmpty()) {
      TailTask task = tasks.poll();
      if (task != null) {
        task.run(tail);
      }
      for (StreamPartition partition : tail.takeWanted()) {
        long applied = log.part(partition).applied;
        tail.begin(partition, applied, applied, log.part(partition).end);
      }
      for (StreamPartition partition : tail.reading()) {
        log.part(partition).entries.forEach(each -> tail.ingest(partition, each.record()));
        tail.advance(partition, log.part(partition).end);
      }
      Runnable work = workers.poll();
      if (work != null) {
        work.run();
      }
    }
  }

  private static Attacher.Request request(List<Position> resume) {
    return new Attacher.Request(resume, null, true, CompletableFuture.completedFuture(null));
  }

  private static List<String> frames(SimSession session) {
    List<String> frames = new ArrayList<>();
    for (byte[] each = session.take(); each != null; each = session.take()) {
      frames.add(new String(each, StandardCharsets.UTF_8));
    }
    return frames;
  }

  private List<String> allFrames(SimSession session) {
    List<String> frames = new ArrayList<>();
    List<String> more = frames(session);
    while (!more.isEmpty()) {
      frames.addAll(more);
      run();
      more = frames(session);
    }
    return frames;
  }

  private void append(int records) {
    for (int i = 0; i < records; i++) {
      log.append("u0", "u1", null);
    }
  }

  private void applyAll() {
    log.partitions().forEach(each -> log.part(each).applied = log.part(each).end);
  }

  @Test
  void anEmptyLogIsSyncedAtMinusOne() {
    SimSession session = new SimSession("s", "u0");
    var result = attachments.attach(session, request(null));
    run();
    assertThat(result).isCompleted();
    assertThat(frames(session))
        .containsExactly(
            "{\"op\":\"synced\",\"at\":[\"p2p/0/-1\",\"mutual/0/-1\",\"topic/0/-1\"]}");
  }

  /** A session's resume names each partition of the topic stream, which may be hundreds. */
  @Test
  void aLiveSessionHoldsNothingOfItsResume() {
    SimSession session = new SimSession("s", "u0");
    WeakReference<StreamPartition> named = attachResuming(session);
    run();
    assertThat(frames(session)).singleElement().asString().contains("synced");
    await()
        .until(
            () -> {
              System.gc();
              return named.get() == null;
            });
    assertThat(session.isClosed()).isFalse();
  }

  private WeakReference<StreamPartition> attachResuming(SimSession session) {
    StreamPartition place = new StreamPartition(Stream.TOPIC, 0);
    attachments.attach(session, request(List.of(new Position(place, -1))));
    return new WeakReference<>(place);
  }

  @Test
  void syncedWaitsForTheOpenedRecord() {
    SimSession session = new SimSession("s", "u0");
    CompletableFuture<Void> opened = new CompletableFuture<>();
    attachments.attach(session, new Attacher.Request(null, null, true, opened));
    run();
    assertThat(frames(session)).isEmpty();
    opened.complete(null);
    run();
    assertThat(frames(session)).singleElement().asString().contains("synced");
  }

  @Test
  void anOpenedRecordThatIsNotAckedClosesTheSession() {
    SimSession session = new SimSession("s", "u0");
    CompletableFuture<Void> opened =
        CompletableFuture.failedFuture(
            new PublishException(PublishException.Reason.TIMEOUT, "no ack"));
    var result = attachments.attach(session, new Attacher.Request(null, null, true, opened));
    run();
    assertThat(result).isCompletedExceptionally();
    assertThat(session.code).isEqualTo(CloseCode.OVERLOADED);
    assertThat(frames(session)).isEmpty();
  }

  @Test
  void aLongBacklogIsCutToTheNewestAndSaysSo() {
    append(400);
    applyAll();
    attachments = attachments(AttachSettings.DEFAULT.withOutbox(1 << 20, 16).withSync(20));
    SimSession session = new SimSession("s", "u0");
    attachments.attach(session, request(List.of(new Position(P2P, -1))));
    run();
    List<String> frames = allFrames(session);
    assertThat(frames.getLast()).contains("\"cut\":true");
    assertThat(frames.stream().filter(each -> each.contains("\"at\":\"p2p/"))).hasSize(20);
    assertThat(frames.stream().filter(each -> each.contains("\"at\":\"mutual/")))
        .hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void aLongBacklogThatOnlyTheLogHasIsCutToTheNewestAndSaysSo() {
    append(400);
    attachments = attachments(AttachSettings.DEFAULT.withOutbox(1 << 20, 16).withSync(20));
    tail.retain(0);
    for (StreamPartition partition : tail.takeWanted()) {
      long end = log.part(partition).end;
      tail.begin(partition, 0, end - end / 10, end);
    }
    List<String> newest =
        log.part(P2P).entries.stream()
            .filter(each -> each.counts() && each.isUnder("u0"))
            .map(each -> "\"at\":\"p2p/0/" + each.offset() + "\"")
            .toList();
    newest = newest.subList(newest.size() - 20, newest.size());
    SimSession session = new SimSession("s", "u0");
    attachments.attach(session, request(List.of(new Position(P2P, -1))));
    run();
    List<String> frames = allFrames(session);
    assertThat(counted("attach.log.passes")).isPositive();
    assertThat(frames.getLast()).contains("synced", "\"cut\":true");
    List<String> pushes =
        frames.stream().filter(each -> each.startsWith("{\"at\":\"p2p/0/")).toList();
    assertThat(pushes).hasSameSizeAs(newest);
    for (int i = 0; i < pushes.size(); i++) {
      assertThat(pushes.get(i)).contains(newest.get(i));
    }
  }

  @Test
  void aPassReadsOnToHalfOfTheRing() {
    append(400);
    long end = log.part(P2P).end;
    assertThat(passesOver(end / 2, 100_000)).containsExactly(end - (end - end / 2) / 2);
  }

  @Test
  void aPassReadsOnIntoTheRingOnlyAsFarAsItMay() {
    append(400);
    long start = log.part(P2P).end / 2;
    assertThat(passesOver(start, start + 10)).containsExactly(start + 10);
  }

  /** Where each pass over the p2p partition ends for somebody who has nothing of it. */
  private List<Long> passesOver(long ringStart, long scanRecords) {
    log.recordsPerScan = Integer.MAX_VALUE;
    attachments =
        attachments(
            new AttachSettings(
                1,
                1,
                400,
                8,
                1 << 20,
                Duration.ofSeconds(1),
                10,
                scanRecords,
                16,
                Duration.ofMillis(5)));
    tail.retain(0);
    for (StreamPartition partition : tail.takeWanted()) {
      long end = log.part(partition).end;
      tail.begin(partition, 0, partition.equals(P2P) ? ringStart : 0, end);
    }
    SimSession session = new SimSession("s", "u0");
    attachments.attach(session, request(List.of(new Position(P2P, -1))));
    run();
    assertThat(allFrames(session).getLast()).contains("synced").doesNotContain("cut");
    return passes;
  }

  @Test
  void aResumeWithinTheRingsAsksTheStoreForTheTopicsOfItsUserOnly() {
    SimSession first = new SimSession("s1", "u0");
    attachments.attach(first, request(null));
    run();
    first.live = true;
    append(30);
    tasks.add(state -> {});
    run();
    log.asked.clear();
    SimSession second = new SimSession("s2", "u0");
    attachments.attach(
        second,
        request(
            List.of(
                new Position(P2P, 3),
                new Position(Stream.MUTUAL, 0, 0),
                new Position(Stream.TOPIC, 0, -1))));
    run();
    assertThat(allFrames(second).getLast()).contains("synced");
    assertThat(log.asked).containsExactly("memberships", "requireView");
  }

  private SimSession live(String id, String user) {
    SimSession session = new SimSession(id, user);
    attachments.attach(session, request(null));
    run();
    session.live = true;
    return session;
  }

  /** The place of the first push to that user, in quotes. */
  private String firstPlace(String user) {
    return log.part(P2P).entries.stream()
        .filter(each -> each.counts() && each.isUnder(user))
        .map(each -> "\"p2p/0/" + each.offset() + "\"")
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aMistakeAtOneRecordClosesItsSessionsAndTheyGetItOnComingBack() {
    SimSession broken = live("s1", "u0");
    SimSession twin = live("s2", "u0");
    SimSession other = live("s3", "u1");
    append(12);
    log.append("u1", "u0", null);
    String place = firstPlace("u0");
    broken.throwsAt = place;
    tasks.add(state -> {});
    run();
    assertThat(broken.code).isEqualTo(CloseCode.OVERLOADED);
    assertThat(twin.code).as("what it was sent of that record is not known").isNotNull();
    assertThat(other.code).isNull();
    SimSession again = new SimSession("s4", "u0");
    var result =
        attachments.attach(
            again, request(List.of(new Position(P2P, -1), new Position(Stream.MUTUAL, 0, -1))));
    run();
    List<String> frames = allFrames(again);
    assertThat(result).isCompleted();
    assertThat(frames).anyMatch(each -> each.contains("\"at\":" + place));
    assertThat(frames.getLast()).contains("synced").doesNotContain("cut");
  }

  @Test
  void aRecordThatThrowsEachTimeKeepsNobodyComingBackForEver() {
    live("s1", "u0");
    append(12);
    log.append("u1", "u0", null);
    tasks.add(state -> {});
    run();
    String place = firstPlace("u0");
    SimSession again = new SimSession("s2", "u0");
    again.throwsAt = "\"at\":" + place;
    var result =
        attachments.attach(
            again, request(List.of(new Position(P2P, -1), new Position(Stream.MUTUAL, 0, -1))));
    run();
    List<String> frames = allFrames(again);
    assertThat(result).as("it is left out").isCompleted();
    assertThat(again.code).isNull();
    assertThat(frames).noneMatch(each -> each.contains("\"at\":" + place));
    assertThat(frames.getLast()).contains("synced", "\"cut\":true");
    SimSession healthy = new SimSession("s3", "u0");
    var whole =
        attachments.attach(
            healthy, request(List.of(new Position(P2P, -1), new Position(Stream.MUTUAL, 0, -1))));
    run();
    assertThat(whole).as("it waits for its own outbox, which holds a page").isNotDone();
    List<String> all = allFrames(healthy);
    assertThat(whole).as("another session's broken record strikes nobody else").isCompleted();
    assertThat(all).anyMatch(each -> each.contains("\"at\":" + place));
    assertThat(all.getLast()).contains("synced").doesNotContain("cut");
  }

  @Test
  void aMistakeBetweenTwoStepsClosesTheSession() {
    SimSession session = new SimSession("s", "u0");
    var result = attachments.attach(session, request(List.of(new Position(P2P, 0))));
    tailThrows = true;
    run();
    assertThat(session.code).isEqualTo(CloseCode.OVERLOADED);
    assertThat(result).isCompletedExceptionally();
  }

  @Test
  void aMistakeInAStepClosesTheSession() {
    SimSession session = new SimSession("s", "u0");
    session.throwsAt = "synced";
    var result = attachments.attach(session, request(null));
    run();
    assertThat(session.code).isEqualTo(CloseCode.OVERLOADED);
    assertThat(result).isCompletedExceptionally();
  }

  @Test
  void positionsOfOthersAreIgnored() {
    SimSession session = new SimSession("s", "u0");
    attachments.attach(session, request(List.of(new Position(Stream.P2P, 1, 4_000))));
    run();
    assertThat(frames(session)).singleElement().asString().doesNotContain("reset");
  }

  @Test
  void aStoreThatIsAwayClosesTheSessionWithATimeToComeBack() {
    append(20);
    applyAll();
    log.storeFails = true;
    SimSession session = new SimSession("s", "u0");
    var result = attachments.attach(session, request(null));
    run();
    assertThat(result).isCompletedExceptionally();
    assertThat(session.code).isEqualTo(CloseCode.OVERLOADED);
    assertThat(registry.get("linnet.edge.attaching").gauge().value()).isZero();
  }

  @Test
  void workersThatAreBusyCloseTheSession() {
    append(20);
    applyAll();
    busy = true;
    SimSession session = new SimSession("s", "u0");
    attachments.attach(session, request(null));
    run();
    assertThat(session.code).isEqualTo(CloseCode.OVERLOADED);
  }

  @Test
  void aViewTooFarBehindTheRingClosesTheSession() {
    append(50);
    attachments =
        attachments(
            new AttachSettings(
                1, 1, 100, 8, 1 << 20, Duration.ofSeconds(1), 10, 10, 16, Duration.ofMillis(5)));
    tail.retain(0);
    tail.takeWanted().forEach(each -> tail.begin(each, 30, 30, 30));
    SimSession session = new SimSession("s", "u0");
    var result = attachments.attach(session, request(null));
    run();
    assertThat(result).isCompletedExceptionally();
    assertThat(session.code).isEqualTo(CloseCode.OVERLOADED);
  }

  @Test
  void moreSessionsThanMayWaitAreTurnedAway() {
    attachments =
        attachments(
            new AttachSettings(
                1, 1, 100, 8, 1 << 20, Duration.ofSeconds(1), 10, 10, 16, Duration.ofMillis(5)));
    List<SimSession> sessions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SimSession session = new SimSession("s" + i, "u0");
      sessions.add(session);
      attachments.attach(session, request(null));
    }
    run();
    assertThat(sessions).extracting(SimSession::isClosed).containsExactly(false, false, true);
    assertThat(frames(sessions.get(1))).singleElement().asString().contains("synced");
    assertThat(counted("attach.refused")).isEqualTo(1);
  }

  @Test
  void aSessionThatEndsWhileItAttachesGivesItsPartitionsBack() {
    append(200);
    applyAll();
    SimSession session = new SimSession("s", "u0");
    var result = attachments.attach(session, request(List.of(new Position(P2P, -1))));
    run();
    assertThat(result).isNotDone();
    session.close(CloseCode.IDLE_TIMEOUT, "", 0);
    attachments.detach(session);
    run();
    assertThat(result).isCancelled();
    assertThat(tail.expire()).as("nobody needs the partition").isTrue();
    assertThat(session.code).isEqualTo(CloseCode.IDLE_TIMEOUT);
  }

  @Test
  void aSessionThatEndedBeforeItsTurnTakesNothing() {
    SimSession session = new SimSession("s", "u0");
    var result = attachments.attach(session, request(null));
    session.close(CloseCode.IDLE_TIMEOUT, "", 0);
    attachments.detach(session);
    run();
    assertThat(result).isCompletedExceptionally();
    assertThat(tail.begun(P2P)).isFalse();
    assertThat(registry.get("linnet.edge.attaching").gauge().value()).isZero();
  }

  @Test
  void aPartitionThatBeginsAnewClosesItsSessions() {
    SimSession session = new SimSession("s", "u0");
    attachments.attach(session, request(null));
    run();
    tail.restart(P2P);
    assertThat(session.code).isEqualTo(CloseCode.OVERLOADED);
    SimSession next = new SimSession("s2", "u0");
    attachments.attach(next, request(null));
    run();
    next.live = true;
    append(10);
    tasks.add(state -> {});
    run();
    assertThat(frames(next)).hasSizeGreaterThan(1);
  }

  private long counted(String name) {
    return (long) registry.get("linnet.edge." + name).counter().count();
  }
}
