package im.linnet.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LocalSessionsTest {
  private static final int MANY = 3_000;
  private static final long BYTES_OF_ONE = 2_000;

  private final SessionWorld world = new SessionWorld();

  private List<UserSession> many() {
    world.known = new CompletableFuture<>();
    for (int i = 0; i < MANY; i++) {
      world.enter("aa");
    }
    return world.sessions.of("aa", "default");
  }

  @Test
  void aSessionCostsTheSameHoweverManyItsUserHas() {
    List<UserSession> many = many();
    LocalSessions sessions = new LocalSessions();
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    many.forEach(sessions::enter);
    many.forEach(each -> sessions.arrived(each, true));
    many.forEach(sessions::leave);
    assertThat((memory.getCurrentThreadAllocatedBytes() - before) / MANY).isLessThan(BYTES_OF_ONE);
    assertThat(sessions.size()).isZero();
    assertThat(sessions.all()).isEmpty();
  }

  @Test
  void aUserIsInTheLogFromTheAckUntilTheLastSessionLeaves() {
    world.enter("aa");
    UserSession session = world.session("aa");
    LocalSessions sessions = new LocalSessions();
    sessions.enter(session);
    assertThat(sessions.isArriving("aa")).isTrue();
    assertThat(sessions.isInLog("aa")).isFalse();
    sessions.arrived(session, true);
    assertThat(sessions.isArriving("aa")).isFalse();
    assertThat(sessions.isInLog("aa")).isTrue();
    sessions.leave(session);
    assertThat(sessions.isInLog("aa")).isFalse();
  }

  @Test
  void aSessionThatLeftBeforeItsAckIsAwaitedAndThenForgotten() {
    world.enter("aa");
    UserSession session = world.session("aa");
    LocalSessions sessions = new LocalSessions();
    sessions.enter(session);
    sessions.leave(session);
    assertThat(sessions.isArriving("aa")).isTrue();
    sessions.arrived(session, true);
    assertThat(sessions.isArriving("aa")).isFalse();
    assertThat(sessions.isInLog("aa")).isFalse();
  }
}
