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
 * Reads {@code im.session.v1}: learns devices, and closes a local session whose user and device
 * have connected to another edge since.
 *
 * <p>"Since" is the order of the user's partition, where every edge sees the same: a session is
 * replaced by the first {@code opened} record of another one behind its own. So the newer of two
 * stays, on whichever edge. A session that its edge announces again under a newer epoch replaces
 * nobody: its id tells that it began under an older one.
 *
 * <p>A record may come late, from an edge whose producer had to wait while its client gave up and
 * went elsewhere. One that is stale counts for nobody. Any other replaces a session only {@link
 * #REPLACE_MILLIS} later: of a session that had left before {@code opened} was there, its edge has
 * published {@code closed} by then, and nobody is sent away for one that is gone.
 */
public final class SessionFeed {
  private static final Logger LOG = LoggerFactory.getLogger(SessionFeed.class);

  /** Until then an edge has published {@code closed} of a session that left before it was there. */
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
   * @throws MalformedEventException if it is no event of the user that its key names
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
        // Not about connections.
      }
    }
  }

  /**
   * Learns the devices of a record that a pass over the log meets, for those whom it reads.
   *
   * @throws MalformedEventException if it is no event of the user that its key names
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
