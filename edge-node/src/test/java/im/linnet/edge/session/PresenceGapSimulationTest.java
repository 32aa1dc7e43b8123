package im.linnet.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.publish.FakePublisher;
import im.linnet.edge.publish.SessionAnnouncer;
import im.linnet.log.publish.Appended;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.PublishException;
import im.linnet.log.publish.Publisher;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import im.linnet.schemas.frame.CloseCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Users come, go and come back on several devices while the log answers late, or not at all: who
 * folds {@code im.session.v1} sees nobody away who is there, or was a moment ago; and in the end
 * sees everybody away.
 */
class PresenceGapSimulationTest {
  private static final int STEPS = 4_000;
  private static final long STEP_MILLIS = 50;

  /** Sessions of one user that the presence tracker keeps; it drops the oldest above that. */
  private static final int MOST_TRACKED = 64;

  private static final List<String> USERS = List.of("aa", "bb", "cc");
  private static final List<String> DEVICES = List.of("phone", "desk");

  private record Task(long at, long order, Runnable what) {}

  private final SessionWorld world = new SessionWorld();
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
  private final FakePublisher log = new FakePublisher();
  private final List<SessionWorld.Client> clients = new ArrayList<>();
  private final Map<String, Set<String>> online = new HashMap<>();
  private final Map<String, Long> lastLeft = new HashMap<>();
  private final SessionAnnouncer announcer =
      new SessionAnnouncer("e", () -> "h:1", () -> 1, new SlowLog(), (user, device, at) -> {});
  private Random random = new Random(0);
  private long now;
  private long order;
  private int absences;
  private int replaced;
  private int mostTracked;
  private boolean swift;

  /** Takes records in order; answers each some time later, and some never take place. */
  private final class SlowLog implements Publisher {
    @Override
    public CompletableFuture<Appended> publish(OutgoingRecord record) {
      boolean fails = !swift && random.nextInt(20) == 0;
      boolean slow = !swift && random.nextInt(4) == 0;
      long late = random.nextLong(slow ? 6_000 : swift ? 40 : 100);
      CompletableFuture<Appended> future = log.publish(record);
      int index = log.published.size() - 1;
      if (fails) {
        after(late, () -> log.fail(index, PublishException.Reason.OVERLOADED));
      } else {
        read(record);
        after(late, () -> log.ack(index));
      }
      return future;
    }

    @Override
    public int partition(String topic, String key) {
      return 0;
    }

    @Override
    public void close() {}
  }

  private void after(long millis, Runnable what) {
    tasks.add(new Task(now + millis, order++, what));
  }

  private void read(OutgoingRecord record) {
    try {
      SessionEvent event = SessionEventCodec.decode(record.type(), record.value());
      Set<String> sessions = online.computeIfAbsent(event.user(), user -> new HashSet<>());
      switch (event) {
        case SessionEvent.Opened opened -> {
          sessions.add(opened.session());
          mostTracked = Math.max(mostTracked, sessions.size());
        }
        case SessionEvent.Closed closed -> {
          if (sessions.remove(closed.session()) && sessions.isEmpty()) {
            absences++;
            assertAway(event.user());
          }
        }
        case SessionEvent.Status status -> throw new AssertionError("nobody asked for " + status);
      }
    } catch (MalformedEventException e) {
      throw new AssertionError(e);
    }
  }

  private void assertAway(String user) {
    assertThat(world.sessions.all())
        .filteredOn(session -> session.user().equals(user))
        .as("sessions of %s at %d ms", user, now)
        .isEmpty();
    assertThat(now - lastLeft.getOrDefault(user, Long.MIN_VALUE / 2))
        .as("ms since %s left, at %d ms", user, now)
        .isGreaterThanOrEqualTo(Departures.LINGER_MILLIS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nobodyIsSeenAwayWhoIsNot(long seed) {
    random = new Random(seed);
    log.acks = false;
    world.announcer = announcer;
    world.delay = this::after;
    for (int i = 0; i < STEPS; i++) {
      act();
      pass();
    }
    List.copyOf(clients).forEach(this::drop);
    for (int i = 0; i < 600; i++) {
      announcer.retry();
      pass();
    }
    assertThat(online.values()).allMatch(Set::isEmpty);
    assertThat(world.sessions.size()).isZero();
    assertThat(absences).isGreaterThan(5);
    assertThat(replaced).isGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aUserWhoComesHundredsOfTimesASecondIsSeenOnceAndNeverAway(boolean fleeting) {
    swift = true;
    log.acks = false;
    world.announcer = announcer;
    world.delay = this::after;
    for (int i = 0; i < STEPS; i++) {
      for (int j = 0; j < 2; j++) {
        SessionWorld.Client client = connect("aa", 20);
        if (fleeting) {
          after(random.nextLong(80), () -> dropIfThere(client));
        }
      }
      pass(5);
      assertThat(world.departures.waiting())
          .as("departures that wait, at %d ms", now)
          .isLessThanOrEqualTo(Departures.MOST_WAITING);
    }
    assertThat(absences).isZero();
    assertThat(mostTracked).isBetween(2, MOST_TRACKED);
    assertThat(log.types())
        .filteredOn(SessionEvent.Closed.TYPE::equals)
        .hasSizeGreaterThan(STEPS / 2);
    List.copyOf(clients).forEach(this::drop);
    for (int i = 0; i < 600; i++) {
      pass();
    }
    assertThat(online.values()).allMatch(Set::isEmpty);
    assertThat(absences).isOne();
    assertThat(world.departures.waiting()).isZero();
  }

  private void dropIfThere(SessionWorld.Client client) {
    if (clients.contains(client)) {
      drop(client);
    }
  }

  private void act() {
    switch (random.nextInt(12)) {
      case 0 -> connect(USERS.get(random.nextInt(USERS.size())));
      case 1, 2 -> {
        if (!clients.isEmpty()) {
          drop(clients.get(random.nextInt(clients.size())));
        }
      }
      case 3 -> announcer.retry();
      case 4 -> swapDevices();
      default -> {
        // Time passes.
      }
    }
  }

  private void connect(String user) {
    connect(user, 400);
  }

  private SessionWorld.Client connect(String user, long mostMillisToKnow) {
    CompletableFuture<Boolean> known = new CompletableFuture<>();
    world.known = known;
    SessionWorld.Client client = world.connect();
    client.send(
        "{\"id\":\"a\",\"op\":\"auth\",\"token\":\"%s\",\"device\":\"%s\"}"
            .formatted(user, DEVICES.get(random.nextInt(DEVICES.size()))));
    clients.add(client);
    after(random.nextLong(mostMillisToKnow), () -> known.complete(true));
    return client;
  }

  /** A user comes with another device, or the same once more, and the first leaves at once. */
  private void swapDevices() {
    if (!clients.isEmpty()) {
      SessionWorld.Client first = clients.get(random.nextInt(clients.size()));
      String user = world.sessions.all().stream().findAny().map(UserSession::user).orElse("aa");
      connect(user);
      drop(first);
    }
  }

  private void drop(SessionWorld.Client client) {
    clients.remove(client);
    Set<UserSession> before = new HashSet<>(world.sessions.all());
    if (random.nextBoolean()) {
      client.send("{\"id\":\"l\",\"op\":\"logout\"}");
    }
    client.gone();
    before.removeAll(world.sessions.all());
    for (UserSession session : before) {
      // One that could never be announced was not seen, so it is not missed.
      if (online.getOrDefault(session.user(), Set.of()).contains(session.id())) {
        lastLeft.put(session.user(), now);
      }
    }
  }

  private void pass() {
    pass(STEP_MILLIS);
  }

  private void pass(long millis) {
    now += millis;
    while (!tasks.isEmpty() && tasks.peek().at() <= now) {
      tasks.remove().what().run();
      turn();
    }
    turn();
  }

  private void turn() {
    for (SessionWorld.Client client : List.copyOf(clients)) {
      client.connection.turn();
      if (client.connection.closeCode() != 0) {
        replaced += client.connection.closeCode() == CloseCode.REPLACED.code() ? 1 : 0;
        clients.remove(client);
        client.gone();
      }
    }
  }
}
