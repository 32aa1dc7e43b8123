package im.linnet.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.log.publish.OutgoingRecord;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.EdgeEvent;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PresenceRecordsTest {
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static LogRecord record(String topic, String key, String type, byte[] value) {
    EventHeaders headers = new EventHeaders(utf8(type), null, null, null, null);
    return new LogRecord(topic, 0, 0, 0, utf8(key), value, headers);
  }

  private static LogRecord logged(OutgoingRecord out) {
    return record(out.topic(), out.key(), out.type(), out.value());
  }

  @Test
  void stateComesBackFromItsRecord() throws MalformedEventException {
    PresenceState state =
        UserPresence.after(
            UserPresence.unknown("aa"), Beats.opened("aa", "s1", "p", "e1", 7), 5, s -> false);
    assertThat(PresenceRecords.state(logged(PresenceRecords.record(state, "id", "/p"))))
        .isEqualTo(state);
  }

  @Test
  void endComesBackAsOver() throws MalformedEventException {
    OutgoingRecord out = PresenceRecords.record(new EdgeEvent.Ended("e1", 7), "/p");
    assertThat(PresenceRecords.sighting(logged(out))).isEqualTo(new EdgeSighting.Over("e1", 7));
  }

  @Test
  void tombstoneIsAStop() throws MalformedEventException {
    assertThat(PresenceRecords.sighting(record(Topic.EDGE, "e1", "heartbeat", null)))
        .isEqualTo(new EdgeSighting.Stopped("e1"));
  }

  @Test
  void sessionOfAnotherUsersKeyIsMalformed() {
    SessionEvent event = Beats.closed("aa", "s1", "e1");
    LogRecord record = record(Topic.SESSION, "bb", event.type(), SessionEventCodec.encode(event));
    assertThatThrownBy(() -> PresenceRecords.session(record))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("key");
  }
}
