package im.linnet.edge.presence;

import im.linnet.edge.session.Delay;
import im.linnet.edge.session.Departures;
import im.linnet.edge.session.LocalSessions;
import im.linnet.edge.session.SessionIds;
import im.linnet.edge.session.UserSession;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.RecordDecoder;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import im.linnet.schemas.frame.CloseCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code im.session.v1}: learns devices, and closes a local session if its user and device
 * have connected to another edge since.
 *
 * <p>"Since" means the order of the user's partition, which is the same for every edge. The first
 * {@code opened} record of another session after its own replaces a session. So the newer of two
 * sessions stays, on any edge. An edge may announce a session again under a newer epoch. That
 * record replaces no other session: the session's id shows that it began under an older epoch.
 *
 * <p>A record may come late: the producer of an edge had to wait, while the client gave up and went
 * elsewhere. A stale record counts for no reader. Any other record replaces a session only {@link
 * #REPLACE_MILLIS} later. If the new session had left before its {@code opened} record was in the
 * log, its edge has published {@code closed} by then. So a session is never closed in favour of one
 * that is gone.
 */
public final class SessionFeed {
  private static final Logger LOG = LoggerFactory.getLogger(SessionFeed.class);

  /**
   * The time in which an edge publishes {@code closed} for a session that left before its {@code
   * opened} record was in the log.
   */
  static final long REPLACE_MILLIS = Departures.LINGER_MILLIS + 1_000;

  private final String edge;
  private final LocalSessions sessions;
  private final DeviceDirectory devices;
  private final Delay delay;
  private final Set<String> replacing = ConcurrentHashMap.newKeySet();

  /**
   * @param edge this edge's id
   */
  public SessionFeed(String edge, LocalSessions sessions, DeviceDirectory devices, Delay delay) {
    this.edge = edge;
    this.sessions = sessions;
    this.devices = devices;
    this.delay = delay;
  }

  /**
   * Takes the next record of the topic. One thread.
   *
   * @throws MalformedEventException if it is not an event of the user in its key
   */
  public void take(LogRecord record) throws MalformedEventException {
    SessionEvent event = event(record);
    switch (event) {
      case SessionEvent.Opened opened -> {
        if (!RecordDecoder.isStale(record)) {
          devices.opened(opened.user(), opened.device(), record.timestamp());
          opened(opened);
        }
      }
      case SessionEvent.Closed closed -> replacing.remove(closed.session());
      case SessionEvent.Status ignored -> {
        // Does not concern connections.
      }
    }
  }

  /**
   * Learns the devices of a record from a pass over the log, for the users that the pass reads.
   *
   * @throws MalformedEventException if it is not an event of the user in its key
   */
  public void learnAgain(LogRecord record) throws MalformedEventException {
    byte[] key = record.key();
    if (key != null
        && devices.users().isRead(new String(key, StandardCharsets.UTF_8))
        && event(record) instanceof SessionEvent.Opened opened
        && !RecordDecoder.isStale(record)) {
      devices.opened(opened.user(), opened.device(), record.timestamp());
    }
  }

  private static SessionEvent event(LogRecord record) throws MalformedEventException {
    byte[] key = record.key();
    byte[] type = record.headers().type();
    byte[] value = record.value();
    if (key == null || type == null || value == null) {
      throw new MalformedEventException("key, ce_type or value: is missing");
    }
    SessionEvent event = SessionEventCodec.decode(new String(type, StandardCharsets.UTF_8), value);
    if (!event.user().equals(new String(key, StandardCharsets.UTF_8))) {
      throw new MalformedEventException("key: is not '" + event.user() + "'");
    }
    return event;
  }

  private void opened(SessionEvent.Opened opened) {
    List<UserSession> replaced = new ArrayList<>(0);
    for (UserSession local : sessions.of(opened.user(), opened.device())) {
      if (local.id().equals(opened.session())) {
        local.metInLog();
      } else if (local.isMetInLog()
          && !opened.edge().equals(edge)
          && SessionIds.isFirst(opened.session(), opened.epoch())) {
        replaced.add(local);
      }
    }
    if (!replaced.isEmpty()) {
      replaceLater(replaced, opened.session());
    }
  }

  private void replaceLater(List<UserSession> locals, String newer) {
    replacing.add(newer);
    delay.run(
        REPLACE_MILLIS,
        () -> {
          if (replacing.remove(newer)) {
            LOG.debug("{} are replaced by {}", locals, newer);
            locals.forEach(local -> local.close(CloseCode.REPLACED, "", 0));
          }
        });
  }
}
