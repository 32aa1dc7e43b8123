package im.linnet.edge.presence;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.session.SessionWorld;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SessionFeedTest {
  private static final long EPOCH = 77;
  private static final String OTHERS = Long.toString(EPOCH, 36) + ".other";

  private final SessionWorld world = new SessionWorld();
  private final DeviceDirectory devices = new DeviceDirectory(Clock.systemUTC(), 1_000);
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final SessionFeed feed =
      new SessionFeed("me", world.sessions, devices, (millis, task) -> later.add(task));
  private final SessionWorld.Client client = world.enter("aa");

  private void opened(String session, String edge, long epoch) throws MalformedEventException {
    opened(session, edge, epoch, null);
  }

  private void opened(String session, String edge, long epoch, byte[] published)
      throws MalformedEventException {
    take(new SessionEvent.Opened("aa", session, "default", edge, epoch, "c:1", "e:1"), published);
  }

  private void take(SessionEvent event, byte[] published) throws MalformedEventException {
    feed.take(
        new LogRecord(
            Topic.SESSION,
            0,
            0,
            System.currentTimeMillis(),
            "aa".getBytes(StandardCharsets.UTF_8),
            SessionEventCodec.encode(event),
            new EventHeaders(
                event.type().getBytes(StandardCharsets.UTF_8), null, null, published, null)));
  }

  private void someTimeLater() {
    while (!later.isEmpty()) {
      later.remove().run();
    }
    client.connection.turn();
  }

  @Test
  void theFirstOpenedRecordOfAnotherSessionBehindItsOwnReplacesASession()
      throws MalformedEventException {
    opened("s1", "me", 5);
    opened(OTHERS, "other", EPOCH);
    someTimeLater();
    assertThat(client.connection.closeCode()).isEqualTo(3504);
  }

  @Test
  void anOpenedRecordBeforeItsOwnReplacesNothing() throws MalformedEventException {
    opened(OTHERS, "other", EPOCH);
    opened("s1", "me", 5);
    someTimeLater();
    assertThat(client.connection.closeCode()).isZero();
  }

  @Test
  void aSessionAnnouncedAgainUnderANewerEpochReplacesNothing() throws MalformedEventException {
    opened("s1", "me", 5);
    opened(OTHERS, "other", EPOCH + 1);
    someTimeLater();
    assertThat(client.connection.closeCode()).isZero();
    opened("s1", "me", 6);
    someTimeLater();
    assertThat(client.connection.closeCode()).isZero();
  }

  @Test
  void aDeviceIsKnownFromHereOn() throws MalformedEventException {
    opened(OTHERS, "other", EPOCH);
    assertThat(devices.isKnown("aa", "default")).isTrue();
  }

  @Test
  void aSessionThatWasGoneWhenItsRecordCameReplacesNothing() throws MalformedEventException {
    opened("s1", "me", 5);
    opened(OTHERS, "other", EPOCH);
    take(new SessionEvent.Closed("aa", OTHERS, "other"), null);
    someTimeLater();
    assertThat(client.connection.closeCode()).isZero();
  }

  @Test
  void aStaleRecordCountsForNothing() throws MalformedEventException {
    opened("s1", "me", 5);
    opened(OTHERS, "other", EPOCH, EventTime.format(System.currentTimeMillis() - 60_000));
    someTimeLater();
    assertThat(client.connection.closeCode()).isZero();
    assertThat(devices.isKnown("aa", "default")).isTrue();
  }
}
