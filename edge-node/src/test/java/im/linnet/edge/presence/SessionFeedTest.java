package im.linnet.edge.presence;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.session.SessionWorld;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionFeedTest {
  private static final long EPOCH = 77;
  private static final String OTHERS = Long.toString(EPOCH, 36) + ".other";

  private final SessionWorld world = new SessionWorld();
  private final DeviceDirectory devices = new DeviceDirectory(user -> List.of(), Clock.systemUTC());
  private final SessionFeed feed = new SessionFeed("me", world.sessions, devices);
  private final SessionWorld.Client client = world.enter("aa");

  private void opened(String session, String edge, long epoch) {
    SessionEvent event =
        new SessionEvent.Opened("aa", session, "default", edge, epoch, "c:1", "e:1");
    feed.take(
        new LogRecord(
            Topic.SESSION,
            0,
            0,
            System.currentTimeMillis(),
            "aa".getBytes(StandardCharsets.UTF_8),
            SessionEventCodec.encode(event),
            new EventHeaders(
                event.type().getBytes(StandardCharsets.UTF_8), null, null, null, null)));
    client.connection.turn();
  }

  @Test
  void theFirstOpenedRecordOfAnotherSessionBehindItsOwnReplacesASession() {
    opened("s1", "me", 5);
    opened(OTHERS, "other", EPOCH);
    assertThat(client.connection.closeCode()).isEqualTo(3504);
  }

  @Test
  void anOpenedRecordBeforeItsOwnReplacesNothing() {
    opened(OTHERS, "other", EPOCH);
    opened("s1", "me", 5);
    assertThat(client.connection.closeCode()).isZero();
  }

  @Test
  void aSessionAnnouncedAgainUnderANewerEpochReplacesNothing() {
    opened("s1", "me", 5);
    opened(OTHERS, "other", EPOCH + 1);
    assertThat(client.connection.closeCode()).isZero();
    opened("s1", "me", 6);
    assertThat(client.connection.closeCode()).isZero();
  }

  @Test
  void aDeviceIsKnownFromHereOn() {
    opened(OTHERS, "other", EPOCH);
    assertThat(devices.isKnown("aa", "default")).isTrue();
  }
}
