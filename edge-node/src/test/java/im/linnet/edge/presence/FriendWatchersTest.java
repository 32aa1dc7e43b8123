package im.linnet.edge.presence;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.session.LiveSession;
import im.linnet.edge.session.Outbox;
import im.linnet.schemas.document.PresenceStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FriendWatchersTest {
  private final PresenceWatchers watchers =
      new PresenceWatchers(new SimpleMeterRegistry().counter("pushes"));
  private final FriendWatchers friends =
      new FriendWatchers(
          watchers,
          new LookUps(
              new DeviceDirectory(Clock.systemUTC(), 10), user -> 0, pass -> {}, Runnable::run));
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
}
