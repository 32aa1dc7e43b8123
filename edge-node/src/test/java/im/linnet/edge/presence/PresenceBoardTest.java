package im.linnet.edge.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceStateCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PresenceBoardTest {
  private final PresenceBoard board =
      new PresenceBoard(new DeviceDirectory(Clock.systemUTC(), 1_000), (user, now) -> {});

  @Test
  void aStateUnderAnotherUsersKeyCountsForNobody() {
    byte[] state = online("aa");
    assertThatThrownBy(() -> board.fold(record("bb", state)))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("'bb' is not 'aa'");
    assertThatThrownBy(() -> board.fold(record(null, state)))
        .isInstanceOf(MalformedEventException.class);
    assertThat(board.of("aa")).isEqualTo(PresenceBoard.UNKNOWN);
    assertThat(board.of("bb")).isEqualTo(PresenceBoard.UNKNOWN);
  }

  @Test
  void whatCannotBeReadLeavesTheStateAsItWas() throws MalformedEventException {
    board.fold(record("aa", online("aa")));
    for (String value : List.of("", "{", "7", "[]", "{\"user\":\"aa\"}", "null", "\u0000")) {
      assertThatThrownBy(() -> board.fold(record("aa", value.getBytes(StandardCharsets.UTF_8))))
          .as(value)
          .isInstanceOf(MalformedEventException.class);
    }
    assertThat(board.of("aa").status()).isEqualTo(PresenceStatus.ONLINE);
  }

  @Test
  void aWaitForAStatusEndsWhenItShows() throws MalformedEventException {
    CompletableFuture<Void> online = board.whenShown("aa", PresenceStatus.ONLINE);
    CompletableFuture<Void> away = board.whenShown("aa", PresenceStatus.AWAY);
    assertThat(online).isNotDone();
    board.fold(record("aa", online("aa")));
    assertThat(online).isCompleted();
    assertThat(away).isNotDone();
    assertThat(board.whenShown("aa", PresenceStatus.ONLINE)).isCompleted();
    assertThat(board.whenShown("bb", PresenceStatus.ONLINE)).isNotDone();
  }

  private static byte[] online(String user) {
    return PresenceStateCodec.encode(
        new PresenceState(
            user, PresenceStatus.ONLINE, PresenceStatus.ONLINE, 5, List.of(), List.of()));
  }

  private static LogRecord record(@Nullable String key, byte[] value) {
    return new LogRecord(
        Topic.PRESENCE,
        0,
        0,
        0,
        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
        value,
        new EventHeaders(null, null, null, null, null));
  }
}
