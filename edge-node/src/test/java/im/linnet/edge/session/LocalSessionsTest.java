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

  private UserSession entered(String device) {
    world
        .connect()
        .send("{\"id\":\"a\",\"op\":\"auth\",\"token\":\"aa\",\"device\":\"" + device + "\"}");
    return world.sessions.of("aa", device).getLast();
  }

  @Test
  void theDevicesOfAUserStayApartBeOneThereOrSeveral() {
    world.known = new CompletableFuture<>();
    UserSession phone = entered("phone");
    UserSession web = entered("web");
    UserSession newer = entered("phone");
    LocalSessions sessions = new LocalSessions();
    sessions.enter(phone);
    assertThat(sessions.of("aa", "phone")).containsExactly(phone);
    assertThat(sessions.of("aa", "web")).isEmpty();
    sessions.enter(web);
    sessions.enter(newer);
    assertThat(sessions.of("aa", "phone")).containsExactly(phone, newer);
    assertThat(sessions.of("aa", "web")).containsExactly(web);
    assertThat(sessions.all()).containsExactlyInAnyOrder(phone, web, newer);
    sessions.replaceOlder(newer);
    assertThat(List.of(phone, web, newer))
        .map(UserSession::isClosed)
        .containsExactly(true, false, false);
    sessions.leave(phone);
    assertThat(sessions.of("aa", "phone")).containsExactly(newer);
    sessions.leave(newer);
    sessions.leave(web);
    assertThat(sessions.all()).isEmpty();
    sessions.enter(web);
    assertThat(sessions.of("aa", "web")).containsExactly(web);
  }

  @Test
  void aUserIsInTheLogAsLongAsOneOfSeveralSessionsIs() {
    world.known = new CompletableFuture<>();
    UserSession phone = entered("phone");
    UserSession web = entered("web");
    LocalSessions sessions = new LocalSessions();
    sessions.enter(phone);
    sessions.enter(web);
    sessions.arrived(phone, false);
    assertThat(sessions.isInLog("aa")).isFalse();
    assertThat(sessions.isArriving("aa")).isTrue();
    sessions.arrived(web, true);
    assertThat(sessions.isInLog("aa")).isTrue();
    assertThat(sessions.isArriving("aa")).isFalse();
    sessions.leave(web);
    assertThat(sessions.isInLog("aa")).as("the log refused the other one").isFalse();
    sessions.leave(phone);
    assertThat(sessions.all()).isEmpty();
  }
}
