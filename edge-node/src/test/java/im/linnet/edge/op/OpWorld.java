package im.linnet.edge.op;

import im.linnet.edge.command.Answer;
import im.linnet.edge.config.P2pPolicy;
import im.linnet.edge.ops.OpMeters;
import im.linnet.edge.presence.DeviceDirectory;
import im.linnet.edge.presence.LookUps;
import im.linnet.edge.presence.PresenceBoard;
import im.linnet.edge.presence.PresenceWatchers;
import im.linnet.edge.publish.FakePublisher;
import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.publish.MadeUuids;
import im.linnet.edge.publish.SendParts;
import im.linnet.edge.publish.SentBefore;
import im.linnet.edge.publish.SignalPublisher;
import im.linnet.edge.publish.StatusPublisher;
import im.linnet.edge.reads.SharedEnds;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.relations.RecipientRules;
import im.linnet.edge.relations.RelationSource;
import im.linnet.edge.session.SessionRequests;
import im.linnet.edge.session.SessionWorld;
import im.linnet.edge.session.UserSession;
import im.linnet.log.applied.AppliedOffsets;
import im.linnet.records.RecordPlanner;
import im.linnet.records.RecordReader;
import im.linnet.records.RecordWriter;
import im.linnet.records.Relations;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A session whose ops run on fakes. */
final class OpWorld {
  final FakePublisher publisher = new FakePublisher();
  final ManualClock clock = new ManualClock(Instant.ofEpochMilli(2_000));
  final PresenceWatchers watchers =
      new PresenceWatchers(new SimpleMeterRegistry().counter("pushes"));
  final DeviceDirectory devices = new DeviceDirectory(Clock.systemUTC(), 1_000);
  final PresenceBoard board = new PresenceBoard(devices, watchers::tell);
  final RecordReader store = opened();
  long applied = Long.MAX_VALUE;
  final Set<StreamPartition> lagging = new HashSet<>();
  boolean several;
  BooleanSupplier judgesDevices = () -> several;
  Runnable looksUp = () -> {};
  Runnable readsUsers = () -> {};
  Executor workers = Runnable::run;
  final List<CompletableFuture<Optional<SentBefore.Found>>> lookUps = new ArrayList<>();
  private final Map<StreamPartition, Long> ends = new HashMap<>();
  final List<CommandEvent> commands = new ArrayList<>();
  final List<CompletableFuture<Answer>> verdicts = new ArrayList<>();

  /** How the caller stands to others; null while that is not known. */
  @Nullable Relations relations = Relations.NONE;

  /** The reads of what was not known. */
  final List<CompletableFuture<Relations>> loads = new ArrayList<>();

  private final AtomicInteger uuids = new AtomicInteger();
  final SessionWorld sessions;
  final SessionWorld.Client client;

  OpWorld() {
    this(P2pPolicy.ANYONE);
  }

  OpWorld(P2pPolicy policy) {
    AppliedOffsets offsets =
        new AppliedOffsets() {
          @Override
          public long applied(StreamPartition partition) {
            return lagging.contains(partition) ? 0 : applied;
          }

          @Override
          public String view() {
            return store.state().id();
          }

          @Override
          public CompletableFuture<Void> await(
              StreamPartition partition, long offset, Duration timeout) {
            return CompletableFuture.failedFuture(new TimeoutException("late"));
          }
        };
    sessions =
        new SessionWorld(
            new SessionRequests.Factory() {
              @Override
              public SessionRequests open(UserSession session) {
                return ops.open(session);
              }

              @Override
              public OpMeters meters(@Nullable String op) {
                return ops.meters(op);
              }
            });
    ops =
        new Ops(
            clock,
            new SendParts(
                new InboxPublisher(publisher),
                message -> {
                  looksUp.run();
                  CompletableFuture<Optional<SentBefore.Found>> lookUp = new CompletableFuture<>();
                  lookUps.add(lookUp);
                  return lookUp;
                },
                new RecipientRules(relationSource(), policy),
                (command, session) -> {
                  commands.add(command);
                  CompletableFuture<Answer> verdict = new CompletableFuture<>();
                  verdicts.add(verdict);
                  return verdict;
                },
                user -> judgesDevices.getAsBoolean(),
                new MadeUuids(() -> new UUID(uuids.getAndIncrement(), 0x123456).toString()),
                3,
                () -> 1_000),
            new ViewReads(
                offsets,
                new SharedEnds(partitions -> CompletableFuture.completedFuture(Map.of())),
                store,
                task -> workers.execute(task),
                Duration.ofSeconds(2),
                sessions.metrics),
            board,
            watchers,
            new LookUps(devices, user -> 0, partitions -> readsUsers.run(), Runnable::run),
            2,
            new SignalPublisher(publisher, () -> "drawn"),
            new StatusPublisher("e1", publisher, () -> "drawn"),
            sessions.metrics);
    client = sessions.enter("aa");
  }

  private RelationSource relationSource() {
    return new RelationSource() {
      @Override
      public @Nullable Relations known(String user) {
        return relations;
      }

      @Override
      public CompletableFuture<Relations> load(String user) {
        CompletableFuture<Relations> load = new CompletableFuture<>();
        loads.add(load);
        return load;
      }
    };
  }

  final Ops ops;

  private static RecordReader opened() {
    InMemoryRecordStore store = new InMemoryRecordStore();
    store.open("log");
    return store;
  }

  /** An event stands in the view, at the next offset of its stream's only partition. */
  void stands(InboxEvent event) {
    StreamPartition place = new StreamPartition(event.kind(), 0);
    long offset = ends.getOrDefault(place, 0L);
    ends.put(place, offset + 1);
    LogRecord record =
        new LogRecord(
            event.kind().topic(),
            0,
            offset,
            1_000,
            event.owner().getBytes(StandardCharsets.UTF_8),
            InboxEventCodec.encode(event),
            new EventHeaders(null, null, null, null, null));
    ((RecordWriter) store)
        .apply(
            RecordPlanner.plan(
                List.of(new Decoded.Valid<>(record, event.owner(), event)),
                Map.of(place, offset + 1)));
  }

  /** Sends a request and gives what came last. */
  String ask(String json) {
    client.send(json);
    return client.received().getLast();
  }

  String last() {
    client.connection.turn();
    return client.received().getLast();
  }

  String send(String uuid, String more) {
    return ask(
        "{\"id\":\"r%s\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"bb\",\"content\":\"%s\",\"uuid\":\"%s\"%s}"
            .formatted(uuid, uuid, uuid, more));
  }
}
