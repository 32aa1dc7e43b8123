package im.linnet.edge.presence;

import im.linnet.edge.session.LocalSessions;
import im.linnet.edge.session.SessionIds;
import im.linnet.edge.session.UserSession;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import im.linnet.schemas.frame.CloseCode;
import java.nio.charset.StandardCharsets;
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
 */
public final class SessionFeed {
  private static final Logger LOG = LoggerFactory.getLogger(SessionFeed.class);

  private final String edge;
  private final LocalSessions sessions;
  private final DeviceDirectory devices;

  /**
   * Makes one.
   *
   * @param edge this edge's id
   */
  public SessionFeed(String edge, LocalSessions sessions, DeviceDirectory devices) {
    this.edge = edge;
    this.sessions = sessions;
    this.devices = devices;
  }

  /** Takes the next record of the topic. One thread. */
  public void take(LogRecord record) {
    byte[] type = record.headers().type();
    byte[] value = record.value();
    if (type == null || value == null) {
      return;
    }
    try {
      String name = new String(type, StandardCharsets.UTF_8);
      if (SessionEventCodec.decode(name, value) instanceof SessionEvent.Opened opened) {
        opened(opened, record);
      }
    } catch (MalformedEventException e) {
      LOG.warn("{} is passed over: {}", record.place(), e.getMessage());
    }
  }

  private void opened(SessionEvent.Opened opened, LogRecord record) {
    devices.opened(opened.user(), opened.device(), record.timestamp());
    UserSession local = sessions.find(opened.user(), opened.device());
    if (local == null) {
      return;
    }
    if (local.id().equals(opened.session())) {
      local.metInLog();
    } else if (local.isMetInLog()
        && !opened.edge().equals(edge)
        && SessionIds.isFirst(opened.session(), opened.epoch())) {
      LOG.debug("{} is replaced by {} {}", local, opened.session(), record.place());
      local.close(CloseCode.REPLACED, "", 0);
    }
  }
}
