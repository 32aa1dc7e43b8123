package im.linnet.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.edge.EdgeNode;
import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.auth.TokenIssuer;
import im.linnet.edge.config.AuthSettings;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.config.ListenerSettings;
import im.linnet.edge.ops.Telemetry;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.follow.FollowFrom;
import im.linnet.log.follow.TopicFollower;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.persister.Persister;
import im.linnet.persister.PersisterConfig;
import im.linnet.presence.PresenceConfig;
import im.linnet.presence.PresenceTracker;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import im.linnet.testkit.RawClient;
import im.linnet.testkit.RawTcpClient;
import im.linnet.testkit.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Users who change their connection, each kind of change by many: a watcher on an edge and a reader
 * of {@code im.session.v1} see each come once and go once, and never away in between.
 */
@Timeout(180)
class SteadyPresenceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final TopicCatalogue CATALOGUE = new TopicCatalogue(4, 2, 1);
  private static final int EACH = 12;

  /** Below what an edge waits before it says that somebody has left. */
  private static final Duration MOMENT = Duration.ofMillis(1_500);

  private static final SigningSecret SECRET =
      new SigningSecret(
          "a secret of this test alone, 32 bytes".getBytes(StandardCharsets.US_ASCII));

  private final InMemoryRecordStore view = new InMemoryRecordStore();
  private final Map<String, Set<String>> open = new ConcurrentHashMap<>();
  private final List<String> absences = new CopyOnWriteArrayList<>();

  /** Users for whom this machine was so slow that they were away for longer than a moment. */
  private final Set<String> slow = new HashSet<>();

  private final AtomicInteger records = new AtomicInteger();

  /** How a user changes from one connection to the next. */
  private enum Change {
    /** The same device again on the same edge; the server closes the older. */
    AGAIN(false),
    /**
     * The same, and the client closes the older as soon as the newer has its {@code auth} reply.
     */
    AGAIN_AND_GONE(false),
    /** The same device on another edge; the older is closed at once. */
    MOVED(true),
    /** Another device here; the first leaves as soon as it has authenticated. */
    SECOND_DEVICE(false),
    /** Another device on another edge; the first leaves as soon as it has authenticated. */
    SECOND_DEVICE_ELSEWHERE(true),
    /** The socket dies, and the client comes back. */
    DIED(true);

    /** Whether no edge can know that the user is about to come back. */
    private final boolean timed;

    Change(boolean timed) {
      this.timed = timed;
    }
  }

  @Test
  void nobodyIsSeenAwayWhoOnlyChangesTheConnection() {
    try (TestBroker broker = TestBroker.start(CATALOGUE)) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      view.open(broker.clusterId());
      try (TopicAdmin admin = TopicAdmin.open(kafka);
          Persister persister =
              new Persister(
                  PersisterConfig.DEFAULT.withCatalogue(CATALOGUE),
                  kafka,
                  view,
                  new SimpleMeterRegistry());
          PresenceTracker tracker =
              new PresenceTracker(
                  PresenceConfig.DEFAULT.withCatalogue(CATALOGUE),
                  kafka,
                  view,
                  new SimpleMeterRegistry());
          EdgeNode here = edge("here", kafka);
          EdgeNode there = edge("there", kafka);
          TopicFollower sessions =
              new TopicFollower(
                  kafka,
                  admin.offsets(),
                  "reader",
                  LogPartition.all(Topic.SESSION, CATALOGUE.users()),
                  new FollowFrom.Earliest(),
                  this::read)) {
        persister.start();
        tracker.start();
        here.start();
        there.start();
        sessions.start();
        watchChanges(here, there);
        sessions.awaitEnd(PATIENCE).join();
        assertThat(absences)
            .as("gone for a reader of im.session.v1")
            .filteredOn(user -> names().contains(user) && !slow.contains(user))
            .containsExactlyInAnyOrderElementsOf(
                names().stream().filter(user -> !slow.contains(user)).toList());
        readsOnlyWhatTheTrackerHasNot(kafka);
      }
    }
  }

  /**
   * An edge that comes later knows all devices, and has read none of the records that told of them.
   */
  private void readsOnlyWhatTheTrackerHasNot(KafkaSettings kafka) {
    assertThat(records.get()).isGreaterThan(3 * names().size());
    try (EdgeNode late = edge("late", kafka)) {
      late.start();
      assertThat(sessionRecordsRead(late)).isLessThan(names().size() / 4);
      String user = names(Change.SECOND_DEVICE).getFirst();
      for (String device : List.of("phone", "desk")) {
        assertThat(resumed(late, user, device).has("reset")).as(device).isFalse();
      }
      assertThat(resumed(late, user, "new").path("reset").asBoolean()).isTrue();
    }
  }

  private static JsonNode resumed(EdgeNode edge, String user, String device) {
    try (RawClient client = RawTcpClient.connect("127.0.0.1", edge.tcpPort())) {
      client.send(auth(user, device, ",\"resume\":[]"));
      return client.awaitPush("synced");
    }
  }

  private static double sessionRecordsRead(EdgeNode edge) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI metrics = URI.create("http://127.0.0.1:" + edge.httpPort() + "/metrics");
      String text =
          http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return text.lines()
          .filter(line -> line.startsWith("linnet_edge_session_records_read_total"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void watchChanges(EdgeNode here, EdgeNode there) {
    List<String> users = names();
    try (RawClient watcher = enter(there, "watcher", "d")) {
      watcher.awaitPush("synced");
      String quoted = users.stream().map(n -> '"' + n + '"').collect(Collectors.joining(","));
      watcher.request("{\"id\":\"w\",\"op\":\"presence.watch\",\"users\":[" + quoted + "]}");
      Map<String, RawClient> clients = new TreeMap<>();
      users.forEach(user -> clients.put(user, enter(here, user, "phone")));
      clients.values().forEach(client -> client.awaitPush("synced"));
      watcher.awaitPushes("presence", users.size(), PATIENCE);
      for (Change change : Change.values()) {
        for (String user : names(change)) {
          long began = System.nanoTime();
          clients.compute(user, (n, old) -> change(change, user, old, here, there));
          clients.get(user).awaitPush("synced");
          if (change.timed && System.nanoTime() - began > MOMENT.toNanos()) {
            slow.add(user);
          }
        }
      }
      clients.values().forEach(RawClient::close);
      List<String> judged = users.stream().filter(user -> !slow.contains(user)).toList();
      for (String user : judged) {
        watcher.awaitPush(
            "presence",
            push ->
                push.path("user").asText().equals(user)
                    && push.path("status").asText().equals("offline"));
      }
      Map<String, List<String>> shown =
          watcher.pushes("presence").stream()
              .collect(
                  Collectors.groupingBy(
                      push -> push.path("user").asText(),
                      TreeMap::new,
                      Collectors.mapping(
                          push -> push.path("status").asText(), Collectors.toList())));
      assertThat(shown)
          .containsKeys(judged.toArray(String[]::new))
          .allSatisfy(
              (user, seen) -> {
                if (!slow.contains(user)) {
                  assertThat(seen).as(user).containsExactly("online", "offline");
                }
              });
    }
  }

  private static RawClient change(
      Change change, String user, RawClient old, EdgeNode here, EdgeNode there) {
    return switch (change) {
      case AGAIN -> {
        RawClient newer = enter(here, user, "phone");
        assertThat(old.awaitClosed(PATIENCE).code()).isEqualTo(3504);
        yield newer;
      }
      case AGAIN_AND_GONE -> closing(old, enter(here, user, "phone"));
      case MOVED -> closing(old, enter(there, user, "phone"));
      case SECOND_DEVICE -> closing(old, enter(here, user, "desk"));
      case SECOND_DEVICE_ELSEWHERE -> closing(old, enter(there, user, "desk"));
      case DIED -> {
        old.close();
        yield enter(here, user, "phone");
      }
    };
  }

  private static RawClient closing(RawClient old, RawClient newer) {
    old.close();
    return newer;
  }

  private EdgeNode edge(String name, KafkaSettings kafka) {
    EdgeConfig config =
        EdgeConfig.of(name, AuthSettings.ofSecret(SECRET))
            .withListeners(ListenerSettings.DEFAULT.withAddress("127.0.0.1", 0, 0));
    return new EdgeNode(config, view, kafka, CATALOGUE, new Telemetry(), List.of());
  }

  /** A client whose {@code auth} was answered, and no more than that. */
  private static RawClient enter(EdgeNode edge, String user, String device) {
    RawClient client = RawTcpClient.connect("127.0.0.1", edge.tcpPort());
    JsonNode reply = client.request(auth(user, device, ""));
    assertThat(reply.path("code").asInt()).isZero();
    return client;
  }

  private static String auth(String user, String device, String more) {
    String token =
        new TokenIssuer(SECRET, ExpectedClaims.ANY, Duration.ofHours(1), Clock.systemUTC())
            .issue(user)
            .token();
    return "{\"id\":\"a\",\"op\":\"auth\",\"device\":\"%s\",\"token\":\"%s\"%s}"
        .formatted(device, token, more);
  }

  private static List<String> names(Change change) {
    return IntStream.range(0, EACH)
        .mapToObj(i -> change.name().toLowerCase(Locale.ROOT) + "-" + (10 + i))
        .toList();
  }

  private static List<String> names() {
    List<String> all = new ArrayList<>();
    for (Change change : Change.values()) {
      all.addAll(names(change));
    }
    return all.stream().sorted().toList();
  }

  /** On the follower's thread. */
  private void read(LogRecord record) {
    records.incrementAndGet();
    try {
      SessionEvent event =
          SessionEventCodec.decode(
              new String(record.headers().type(), StandardCharsets.UTF_8), record.value());
      Set<String> sessions = open.computeIfAbsent(event.user(), user -> new HashSet<>());
      switch (event) {
        case SessionEvent.Opened opened -> sessions.add(opened.session());
        case SessionEvent.Closed closed -> {
          if (sessions.remove(closed.session()) && sessions.isEmpty()) {
            absences.add(event.user());
          }
        }
        case SessionEvent.Status status -> throw new AssertionError("nobody asked for " + status);
      }
    } catch (MalformedEventException e) {
      throw new AssertionError(e);
    }
  }
}
