package im.linnet.presence;

import im.linnet.log.publish.OutgoingRecord;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.EdgeEvent;
import im.linnet.schemas.event.EdgeEventCodec;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceStateCodec;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Translates between the log's records and the tracker's values. Pure. */
final class PresenceRecords {
  private PresenceRecords() {}

  /** The sighting in a record of {@code im.edge.v1}. */
  static EdgeSighting sighting(LogRecord record) throws MalformedEventException {
    String key = text("key", record.key());
    byte[] value = record.value();
    if (value == null) {
      OptionalLong epoch = EdgeEventCodec.stoppedIn(record.headers().id());
      return epoch.isPresent()
          ? new EdgeSighting.Over(key, epoch.getAsLong())
          : new EdgeSighting.Stopped(key);
    }
    EdgeEvent event = EdgeEventCodec.decode(text("ce_type", record.headers().type()), value);
    if (!event.edge().equals(key)) {
      throw new MalformedEventException("key: '" + key + "' is not '" + event.edge() + "'");
    }
    return switch (event) {
      case EdgeEvent.Heartbeat beat -> new EdgeSighting.Beat(beat);
      case EdgeEvent.Ended ended -> new EdgeSighting.Over(ended.edge(), ended.epoch());
    };
  }

  /** The event in a record of {@code im.session.v1}. */
  static SessionEvent session(LogRecord record) throws MalformedEventException {
    byte[] value = record.value();
    if (value == null) {
      throw new MalformedEventException("value: is missing");
    }
    SessionEvent event = SessionEventCodec.decode(text("ce_type", record.headers().type()), value);
    String key = text("key", record.key());
    if (!event.user().equals(key)) {
      throw new MalformedEventException("key: '" + key + "' is not '" + event.user() + "'");
    }
    return event;
  }

  /** The state in a record of {@code im.presence.v1}. */
  static PresenceState state(LogRecord record) throws MalformedEventException {
    byte[] value = record.value();
    if (value == null) {
      throw new MalformedEventException("value: is missing");
    }
    PresenceState state = PresenceStateCodec.decode(value);
    String key = text("key", record.key());
    if (!state.user().equals(key)) {
      throw new MalformedEventException("key: '" + key + "' is not '" + state.user() + "'");
    }
    return state;
  }

  /** The record that publishes a state. */
  static OutgoingRecord record(PresenceState state, String id, String source) {
    return new OutgoingRecord(
        Topic.PRESENCE,
        state.user(),
        PresenceStateCodec.encode(state),
        PresenceState.TYPE,
        id,
        source,
        null);
  }

  /** The record that ends an epoch; all trackers give it the same id. */
  static OutgoingRecord record(EdgeEvent.Ended ended, String source) {
    return new OutgoingRecord(
        Topic.EDGE,
        ended.edge(),
        EdgeEventCodec.encode(ended),
        EdgeEvent.Ended.TYPE,
        ended.edge() + "/" + ended.epoch() + "/ended",
        source,
        null);
  }

  private static String text(String field, byte @Nullable [] bytes) throws MalformedEventException {
    if (bytes == null) {
      throw new MalformedEventException(field + ": is missing");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
