package im.linnet.edge.attach;

import im.linnet.edge.delivery.Pushes;
import im.linnet.edge.session.LiveSession;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The frames that one session gets at once, as many as its outbox surely takes. For one use. */
final class Page {
  private static final Logger LOG = LoggerFactory.getLogger(Page.class);

  private final LiveSession session;
  private final int mostFrames;
  private final int mostBytes;
  private int frames;
  private int bytes;

  Page(LiveSession session, int mostFrames, int mostBytes) {
    this.session = session;
    this.mostFrames = mostFrames;
    this.mostBytes = mostBytes;
  }

  LiveSession session() {
    return session;
  }

  /** Whether the next frame belongs on another page. */
  boolean isFull() {
    return frames >= mostFrames || bytes >= mostBytes;
  }

  int frames() {
    return frames;
  }

  /** Sends a frame. */
  void send(byte[] frame) {
    session.outbox().offer(frame);
    frames++;
    bytes += frame.length;
  }

  /**
   * Sends a record as {@link #send(StreamPartition, Decoded.Valid)} does, but leaves out a record
   * that cannot be sent. If it closed the session instead, the session would meet the same record
   * for ever.
   *
   * @return false if it was left out; the client must be told
   */
  boolean trySend(StreamPartition partition, Decoded.Valid<? extends LogEvent> record) {
    try {
      send(partition, record);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("{} is left out of a resume: it cannot be sent", record.record().place(), e);
      return false;
    }
  }

  /** Sends a record of the log, unless the session itself asked for it. */
  void send(StreamPartition partition, Decoded.Valid<? extends LogEvent> record) {
    if (!Pushes.isOwn(record.record(), session.id())) {
      Pushes.saw(session.seenOffsets(), partition, record);
      send(Pushes.frame(partition, record.record()));
    }
  }
}
