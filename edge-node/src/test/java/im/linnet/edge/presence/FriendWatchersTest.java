package im.linnet.edge.presence;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.session.LiveSession;
import im.linnet.edge.session.Outbox;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceStateCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FriendWatchersTest {
  private final PresenceWatchers watchers =
      new PresenceWatchers(new SimpleMeterRegistry().counter("pushes"));
  private final FriendWatchers friends =
      new FriendWatchers(
          watchers,
          new LookUps(
              new DeviceDirectory(Clock.systemUTC(), 10), user -> 0, pass -> {}, Runnable::run),
          (millis, task) -> {});
  private final List<String> told = new ArrayList<>();

  /** A session that notes its name for each frame. */
  private LiveSession session(String user, String name) {
    Outbox outbox = proxy(Outbox.class, name);
    return (LiveSession)
        Proxy.newProxyInstance(
            LiveSession.class.getClassLoader(),
            new Class<?>[] {LiveSession.class},
            (self, method, args) ->
                switch (method.getName()) {
                  case "user" -> user;
                  case "outbox" -> outbox;
                  case "hashCode" -> name.hashCode();
                  case "equals" -> self == args[0];
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private <T> T proxy(Class<T> type, String name) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> told.add(name)));
  }

  private List<String> toldOf(String user) {
    told.clear();
    watchers.tell(user, new PresenceBoard.Shown(PresenceStatus.AWAY, 1));
    return List.copyOf(told);
  }

  @Test
  void aSessionIsToldOfTheFriendsThatItsUserHasAtThatMoment() {
    LiveSession first = session("aa", "first");
    friends.enter(first);
    friends.changed("aa", List.of("bb", "cc"));
    friends.enter(session("aa", "second"));
    assertThat(toldOf("bb")).containsExactlyInAnyOrder("first", "second");
    friends.changed("aa", List.of("cc", "dd"));
    assertThat(toldOf("bb")).isEmpty();
    assertThat(toldOf("dd")).hasSize(2);
    friends.leave(first);
    assertThat(toldOf("cc")).containsExactly("second");
  }

  @Test
  void aSessionThatAskedToWatchAFriendIsToldOnceAndGoesOnBeingTold() {
    LiveSession session = session("aa", "s");
    watchers.watch("bb", session);
    friends.enter(session);
    friends.changed("aa", List.of("bb"));
    assertThat(toldOf("bb")).containsExactly("s");
    friends.changed("aa", List.of());
    assertThat(toldOf("bb")).containsExactly("s");
    watchers.unwatch("bb", session);
    assertThat(toldOf("bb")).isEmpty();
  }

  @Test
  void nothingIsLeftOfAUserWithoutSessions() {
    LiveSession session = session("aa", "s");
    friends.changed("aa", List.of("bb"));
    friends.enter(session);
    friends.changed("aa", IntStream.range(0, 2_000).mapToObj(i -> "f" + i).toList());
    assertThat(watchers.watched()).isEqualTo(FriendWatchers.MOST);
    friends.leave(session);
    friends.changed("aa", List.of("bb"));
    assertThat(watchers.watched()).isZero();
  }

  /** An edge whose table of users is full. */
  private final class FullEdge {
    private final DeviceDirectory devices = new DeviceDirectory(Clock.systemUTC(), 0);
    private final PresenceBoard board = new PresenceBoard(devices, watchers::tell);
    private final List<LogRecord> log = new ArrayList<>();
    private final Queue<Runnable> worker = new ArrayDeque<>();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final LookUps lookUps = new LookUps(devices, user -> 0, this::pass, worker::add);
    private final FriendWatchers friends =
        new FriendWatchers(watchers, lookUps, (millis, task) -> later.add(task));
    private boolean fails;

    private void pass(Set<Integer> partitions) {
      if (fails) {
        throw new IllegalStateException("the log cannot be read");
      }
      try {
        for (LogRecord each : log) {
          board.foldAgain(each);
        }
      } catch (MalformedEventException e) {
        throw new IllegalStateException(e);
      }
    }

    private void run(Queue<Runnable> tasks) {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    }

    /** A state of a user comes; gives who was told. */
    private List<String> toldOf(String user, PresenceStatus status) throws MalformedEventException {
      PresenceState state = new PresenceState(user, status, status, 5, List.of(), List.of());
      LogRecord record =
          new LogRecord(
              Topic.PRESENCE,
              0,
              log.size(),
              5,
              user.getBytes(StandardCharsets.UTF_8),
              PresenceStateCodec.encode(state),
              new EventHeaders(null, null, null, null, null));
      log.add(record);
      told.clear();
      board.fold(record);
      return List.copyOf(told);
    }
  }

  @Test
  void changesOfFriendsWhoWereNotKeptArePushedAfterOnePass() throws Exception {
    FullEdge edge = new FullEdge();
    assertThat(edge.toldOf("bb", PresenceStatus.ONLINE)).isEmpty();
    edge.friends.enter(session("aa", "s"));
    edge.friends.changed("aa", List.of("bb", "cc", "dd"));
    edge.run(edge.worker);
    assertThat(edge.toldOf("bb", PresenceStatus.ONLINE)).as("no change").isEmpty();
    assertThat(edge.toldOf("bb", PresenceStatus.AWAY)).containsExactly("s");
    assertThat(edge.toldOf("cc", PresenceStatus.ONLINE)).containsExactly("s");
    assertThat(edge.lookUps.passes()).isEqualTo(1);
    assertThat(edge.later).isEmpty();
  }

  @Test
  void friendsWhoCouldNotBeReadAreReadAgainWhileTheyAreWatched() throws Exception {
    FullEdge edge = new FullEdge();
    LiveSession session = session("aa", "s");
    assertThat(edge.toldOf("bb", PresenceStatus.ONLINE)).isEmpty();
    edge.friends.enter(session);
    edge.fails = true;
    edge.friends.changed("aa", List.of("bb"));
    edge.run(edge.worker);
    edge.fails = false;
    edge.run(edge.later);
    edge.run(edge.worker);
    assertThat(edge.toldOf("bb", PresenceStatus.AWAY)).containsExactly("s");

    edge.fails = true;
    edge.friends.changed("aa", List.of("bb", "cc"));
    edge.run(edge.worker);
    edge.friends.leave(session);
    assertThat(edge.later).hasSize(1);
    edge.run(edge.later);
    assertThat(edge.worker).isEmpty();
    assertThat(edge.later).isEmpty();
  }
}
