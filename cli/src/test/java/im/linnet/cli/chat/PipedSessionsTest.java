package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import im.linnet.cli.chat.PipedMessages.NoSessionException;
import im.linnet.client.ChatListener;
import im.linnet.client.ChatOps;
import im.linnet.client.ClientEvent;
import im.linnet.schemas.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipedSessionsTest {
  private static final ClientEvent CONNECTED =
      new ClientEvent.Connected("aa", "s", "e", "L", Limits.DEFAULT);
  private static final ClientEvent REPLACED = new ClientEvent.Stopped(3504, "replaced");

  /** How long a later session may take to open. */
  private static final Duration LATER = Duration.ofMinutes(1);

  private final List<String> dialed = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private final Map<String, ChatListener> listeners = new HashMap<>();
  private final Map<String, List<ClientEvent>> fates = new HashMap<>();

  @Test
  void oneSessionServesAllLines() throws Exception {
    PipedSessions sessions = sessions("pipe", "pipe-2");

    assertThat(sessions.session()).isSameAs(sessions.session());
    assertThat(dialed).containsExactly("pipe");
  }

  @Test
  void aSessionThatIsTakenOverIsFollowedByOneUnderTheNextName() throws Exception {
    PipedSessions sessions = sessions("pipe", "pipe-2", "pipe-3");
    sessions.session();
    listeners.get("pipe").on(REPLACED);
    fates.put("pipe-2", List.of(CONNECTED, REPLACED));

    sessions.renewed();
    assertThat(dialed).containsExactly("pipe", "pipe-2", "pipe-3");
    assertThat(closed).containsExactly("pipe", "pipe-2");
    assertThat(sessions.trouble()).isNull();
  }

  @Test
  void aSessionThatIsTakenOverBetweenTwoLinesIsFollowedToo() throws Exception {
    PipedSessions sessions = sessions("pipe", "pipe-2");
    sessions.session();
    listeners.get("pipe").on(REPLACED);

    sessions.session();
    assertThat(dialed).containsExactly("pipe", "pipe-2");
  }

  @Test
  void afterTheLastNameTheFirstOneIsUsedAgain() throws Exception {
    PipedSessions sessions = sessions("pipe", "pipe-2");
    sessions.session();
    listeners.get("pipe").on(REPLACED);
    sessions.renewed();
    listeners.get("pipe-2").on(REPLACED);
    sessions.renewed();

    assertThat(dialed).containsExactly("pipe", "pipe-2", "pipe");
  }

  @Test
  void aNameThatTheUserChoseIsNotChanged() throws Exception {
    PipedSessions sessions = sessions("phone");
    sessions.session();
    listeners.get("phone").on(REPLACED);

    assertThatThrownBy(sessions::renewed)
        .isInstanceOf(NoSessionException.class)
        .hasMessageContaining("another chat of this user")
        .hasMessageContaining("'phone' (--device)");
    assertThat(dialed).containsExactly("phone");
  }

  @Test
  void anyOtherEndIsForGoodAndItsReasonIsKept() throws Exception {
    PipedSessions sessions = sessions("pipe", "pipe-2");
    sessions.session();
    listeners.get("pipe").on(new ClientEvent.Stopped(3505, "kicked by the operator"));

    assertThatThrownBy(sessions::renewed)
        .hasMessage("the server ended the session: kicked by the operator");
    assertThatThrownBy(sessions::session)
        .hasMessage("the server ended the session: kicked by the operator");
    assertThat(dialed).containsExactly("pipe");
  }

  @Test
  void whyThereIsNoConnectionIsSaid() {
    fates.put(
        "pipe",
        List.of(new ClientEvent.Disconnected(0, "nothing listens at edge1:9000", Duration.ZERO)));
    PipedSessions sessions = sessions("pipe");

    assertThatThrownBy(sessions::session)
        .hasMessage("there is no connection: nothing listens at edge1:9000");
    assertThat(sessions.trouble()).isEqualTo("nothing listens at edge1:9000");
  }

  @Test
  void aSilentServerIsNamed() {
    fates.put("pipe", List.of());
    PipedSessions sessions = sessions("pipe");

    assertTimeoutPreemptively(
        LATER.dividedBy(2),
        () ->
            assertThatThrownBy(sessions::session)
                .hasMessage("there is no connection: edge1:9000 does not answer"),
        "the first contact takes as long as a later one may");
  }

  private PipedSessions sessions(String... devices) {
    return new PipedSessions(
        List.of(devices),
        "edge1:9000",
        this::dial,
        Duration.ofMillis(1),
        LATER,
        Duration.ofMillis(2));
  }

  private PipedSessions.Dialed dial(String device, ChatListener listener) {
    dialed.add(device);
    listeners.put(device, listener);
    fates.getOrDefault(device, List.of(CONNECTED)).forEach(listener::on);
    ChatOps server = new FakeChatServer();
    return new PipedSessions.Dialed() {
      @Override
      public ChatOps server() {
        return server;
      }

      @Override
      public void close() {
        closed.add(device);
      }
    };
  }
}
