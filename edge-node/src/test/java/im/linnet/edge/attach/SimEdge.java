package im.linnet.edge.attach;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.config.AttachSettings;
import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.reads.SharedEnds;
import im.linnet.edge.session.Attacher;
import im.linnet.log.LogPartition;
import im.linnet.log.applied.AppliedOffsets;
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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One edge in its world, of which each step is decided by a seed: the log and its view, the tail,
 * the workers, the clients. One thread.
 */
final class SimEdge implements AppliedOffsets {
  private static final String LOG_ID = "log";

  private final Random random;
  private final SimLog log;
  final MeterRegistry registry = new SimpleMeterRegistry();
  private final TailState tail;
  private final Attachments attachments;
  private final List<SimClient> clients = new ArrayList<>();
  private final ArrayDeque<TailTask> tasks = new ArrayDeque<>();
  private final ArrayDeque<Runnable> workers = new ArrayDeque<>();
  private final ArrayDeque<Runnable> scans = new ArrayDeque<>();
  private final ArrayDeque<Runnable> kafka = new ArrayDeque<>();
  private final Map<StreamPartition, Long> polled = new HashMap<>();
  private final List<ArrayDeque<Runnable>> loops = List.of(new ArrayDeque<>(), new ArrayDeque<>());
  private final List<Executor> executors = loops.stream().<Executor>map(each -> each::add).toList();
  private long nanos;
  private int sessions;
  private boolean persisterRuns = true;

  /** One with much room in its rings, or with little. */
  static SimEdge ofSeed(long seed) {
    Random random = new Random(seed);
    return new SimEdge(random, random.nextBoolean() ? 10_000 : 1 << 20, 100);
  }

  /** One whose rings hold some 250 records together, and a pass finds more than they do. */
  static SimEdge withSmallRings(long seed) {
    SimEdge edge = new SimEdge(new Random(seed), 100_000, AttachSettings.DEFAULT.rounds());
    edge.log.recordsPerScan = 500;
    return edge;
  }

  private SimEdge(Random random, int ringBytes, int rounds) {
    this.random = random;
    log = new SimLog(random);
    tail =
        new TailState(
            SimLog.CATALOGUE,
            new TailSettings(ringBytes, Duration.ofNanos(50), 1 << 24, Duration.ofSeconds(1)),
            random,
            () -> nanos,
            new TailMeters(registry));
    attachments =
        new Attachments(
            new Attachments.Sources(tasks::add, log, this, new SharedEnds(this::ends), log, LOG_ID),
            new Attachments.Workers(workers::add, scans::add),
            SimLog.CATALOGUE,
            SimLog::partition,
            new AttachSettings(
                3,
                10,
                20_000,
                8,
                1 << 20,
                Duration.ofHours(1),
                rounds,
                100_000,
                random.nextInt(2),
                Duration.ofMillis(1)),
            new AttachMeters(new EdgeMetrics(registry)),
            random);
    for (int i = 0; i < 5; i++) {
      clients.add(new SimClient(log, "b" + i % 4)); // two in each partition
    }
  }

  private CompletableFuture<Map<LogPartition, Long>> ends(Collection<LogPartition> partitions) {
    CompletableFuture<Map<LogPartition, Long>> answer = new CompletableFuture<>();
    kafka.add(
        () -> {
          Map<LogPartition, Long> ends = new HashMap<>();
          partitions.forEach(each -> ends.put(each, log.part(each.place()).end));
          answer.complete(ends);
        });
    return answer;
  }

  @Override
  public long applied(StreamPartition partition) {
    return log.part(partition).applied;
  }

  @Override
  public String view() {
    return SimLog.VIEW;
  }

  @Override
  public CompletableFuture<Void> await(StreamPartition partition, long offset, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  void run(int steps) {
    for (int i = 0; i < random.nextInt(60); i++) {
      append();
    }
    for (int i = 0; i < steps; i++) {
      step();
    }
  }

  private void step() {
    nanos++;
    switch (random.nextInt(21)) {
      case 0, 1, 2 -> append();
      case 3, 4 -> poll(any(new ArrayList<>(log.partitions())), 1 + random.nextInt(4));
      case 5, 6 -> persist(any(new ArrayList<>(log.partitions())), 1 + random.nextInt(6));
      case 7, 8, 9, 10 -> runTask();
      case 11, 12 -> runOne(workers);
      case 13 -> runOne(scans);
      case 14 -> runOne(kafka);
      case 15, 16, 17 -> drain(any(clients), 1 + random.nextInt(6));
      case 18 -> comeOrGo(any(clients));
      case 19 -> runOne(any(loops));
      default -> nemesis();
    }
  }

  private void nemesis() {
    switch (random.nextInt(5)) {
      case 0 -> persisterRuns = !persisterRuns;
      case 1 -> log.storeFails = random.nextInt(3) == 0;
      case 2 -> nanos += 40;
      case 3 -> tail.expire();
      default -> {
        for (int i = 0; i < 25; i++) {
          append();
        }
      }
    }
  }

  private void append() {
    SimClient client = any(clients);
    String asker = random.nextInt(8) == 0 && client.session != null ? client.session.id() : null;
    log.append(client.user, any(clients).user, asker);
  }

  private void persist(StreamPartition partition, int records) {
    SimLog.Part part = log.part(partition);
    if (persisterRuns) {
      part.applied = Math.min(part.end, part.applied + records);
    }
  }

  private void runTask() {
    TailTask task = tasks.poll();
    if (task != null) {
      task.run(tail);
    }
    for (StreamPartition partition : tail.takeWanted()) {
      kafka.add(() -> tasks.add(state -> begin(partition)));
    }
    clients.forEach(this::detachClosed);
  }

  private void begin(StreamPartition partition) {
    SimLog.Part part = log.part(partition);
    long ring = part.firstSince(part.newestTime() - 30_000);
    long start = Math.max(part.applied, ring);
    long startTime =
        part.entries.stream()
            .filter(each -> each.offset() >= start)
            .mapToLong(each -> each.record().timestamp())
            .findFirst()
            .orElse(part.newestTime());
    long from = Math.min(start, part.firstSince(startTime - 30_000));
    if (random.nextInt(8) == 0) {
      tail.askAgain(partition);
    } else if (tail.begin(partition, from, start, part.end)) {
      polled.put(partition, from);
    }
  }

  private void poll(StreamPartition partition, int records) {
    if (!tail.reading().contains(partition)) {
      return;
    }
    SimLog.Part part = log.part(partition);
    long from = tail.readFrom(partition);
    long next = part.end;
    int taken = 0;
    for (SimLog.Entry entry : part.entries) {
      if (entry.offset() >= from) {
        if (taken++ == records) {
          next = entry.offset();
          break;
        }
        tail.ingest(partition, entry.record());
      }
    }
    tail.advance(partition, next);
  }

  private void drain(SimClient client, int frames) {
    for (int i = 0; i < frames && client.session != null; i++) {
      byte[] frame = client.session.isClosed() ? null : client.session.take();
      if (frame != null) {
        client.receive(frame);
      }
    }
  }

  private void comeOrGo(SimClient client) {
    SimSession session = client.session;
    if (session != null) {
      session.close(CloseCode.DRAINING, "", 0);
      detachClosed(client);
    } else {
      connect(client);
    }
  }

  private void detachClosed(SimClient client) {
    SimSession session = client.session;
    if (session != null && session.isClosed()) {
      attachments.detach(session);
      client.session = null;
    }
  }

  private void connect(SimClient client) {
    boolean anew = random.nextInt(10) == 0;
    boolean unknown = !anew && random.nextInt(10) == 0;
    List<Position> resume = anew ? null : new ArrayList<>(client.resume());
    if (!anew && !unknown && random.nextInt(5) == 0) {
      StreamPartition own = new StreamPartition(Stream.P2P, SimLog.partition(client.user));
      client.sawElsewhere(own, log.part(own).end - 1);
      resume = client.resume();
    }
    Attacher.Request request;
    SimSession session = new SimSession(any(executors), "s" + sessions++, client.user);
    CompletableFuture<Void> opened = new CompletableFuture<>();
    kafka.add(
        () -> {
          session.opened = true;
          opened.complete(null);
        });
    if (unknown) {
      request =
          switch (random.nextInt(3)) {
            case 0 -> new Attacher.Request(resume, "another", true, opened);
            case 1 -> new Attacher.Request(resume, LOG_ID, false, opened);
            default -> {
              StreamPartition own =
                  new StreamPartition(Stream.MUTUAL, SimLog.partition(client.user));
              resume.add(new Position(own, log.part(own).end + 1_000));
              yield new Attacher.Request(resume, null, true, opened);
            }
          };
    } else {
      request = new Attacher.Request(resume, random.nextBoolean() ? LOG_ID : null, true, opened);
    }
    client.expectReset = unknown;
    client.connected(session, anew || unknown);
    var result = attachments.attach(session, request);
    result.whenComplete(
        (nothing, failure) -> {
          session.live = failure == null;
          assertThat(failure == null || session.isClosed())
              .as("a failed attach closes its session: %s", failure)
              .isTrue();
        });
  }

  /** Everything works again and everybody is there: all that counts has to arrive. */
  void settle() {
    log.storeFails = false;
    persisterRuns = random.nextBoolean();
    for (int i = 0; i < 20_000 && !isQuiet(); i++) {
      nanos++;
      clients.forEach(
          client -> {
            detachClosed(client);
            if (client.session == null) {
              connect(client);
            }
          });
      runTask();
      runOne(workers);
      runOne(scans);
      runOne(kafka);
      loops.forEach(SimEdge::runAll);
      log.partitions().forEach(each -> persist(each, 5));
      log.partitions().forEach(each -> poll(each, 5));
      clients.forEach(client -> drain(client, 50));
    }
    assertThat(isQuiet()).as("comes to rest").isTrue();
    clients.forEach(SimClient::checkComplete);
    assertThat(registry.get("linnet.edge.attaching").gauge().value()).isZero();
  }

  /**
   * All have been away for longer than the rings reach back, and come while as much as before goes
   * on coming. Each has to be live after one attach.
   *
   * @param lag how many records of each partition the view does not have, at least
   */
  void comeBackUnderLoad(long lag) {
    for (SimClient client : clients) {
      if (client.session != null) {
        comeOrGo(client);
      }
    }
    for (int i = 0; i < 80; i++) {
      underLoad(lag);
    }
    clients.forEach(this::connect);
    for (int i = 0; i < 1_000 && !clients.stream().allMatch(each -> each.synced); i++) {
      underLoad(lag);
      for (SimClient client : clients) {
        SimSession session = client.session;
        detachClosed(client);
        assertThat(client.session).as("%s is closed with %s", session, session.code).isNotNull();
      }
    }
    assertThat(clients).extracting(each -> each.synced).containsOnly(true);
  }

  private void underLoad(long lag) {
    for (int i = 0; i < 6; i++) {
      append();
    }
    for (StreamPartition partition : log.partitions()) {
      SimLog.Part part = log.part(partition);
      part.applied = Math.max(part.applied, part.end - lag);
      poll(partition, 10);
    }
    for (int i = 0; i < 6; i++) {
      runTask();
    }
    for (int i = 0; i < 3; i++) {
      runOne(workers);
    }
    runOne(scans);
    runOne(kafka);
    loops.forEach(SimEdge::runAll);
    clients.forEach(client -> drain(client, 50));
  }

  private boolean isQuiet() {
    return tasks.isEmpty()
        && workers.isEmpty()
        && scans.isEmpty()
        && kafka.isEmpty()
        && loops.stream().allMatch(ArrayDeque::isEmpty)
        && clients.stream().allMatch(each -> each.session != null && each.synced)
        && clients.stream().noneMatch(each -> each.session.isClosed())
        && log.partitions().stream()
            .allMatch(
                each -> !tail.reading().contains(each) || tail.next(each) == log.part(each).end);
  }

  private static void runOne(ArrayDeque<Runnable> queue) {
    Runnable task = queue.poll();
    if (task != null) {
      task.run();
    }
  }

  private static void runAll(ArrayDeque<Runnable> queue) {
    while (!queue.isEmpty()) {
      runOne(queue);
    }
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** The count of a meter of the edge, by its name. */
  long counted(String name) {
    return (long) registry.get("linnet.edge." + name).counter().count();
  }
}
