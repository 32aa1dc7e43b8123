package im.linnet.edge.attach;

import im.linnet.edge.delivery.Pushes;
import im.linnet.edge.session.LiveSession;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import java.nio.charset.StandardCharsets;

/** What one session is sent in one go: as many frames as its outbox surely takes. One use. */
final class Page {
  private final LiveSession session;
  private final byte[] sessionId;
  private final int mostFrames;
  private final int mostBytes;
  private int frames;
  private int bytes;

  Page(LiveSession session, int mostFrames, int mostBytes) {
    this.session = session;
    this.sessionId = session.id().getBytes(StandardCharsets.UTF_8);
    this.mostFrames = mostFrames;
    this.mostBytes = mostBytes;
  }

  LiveSession session() {
    return session;
  }

  /** Whether what comes next belongs on another page. */
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

  /** Sends a record of the log, unless the session itself asked for it. */
  void send(StreamPartition partition, Decoded.Valid record) {
    if (!Pushes.isOwn(record.record(), sessionId)) {
      send(Pushes.frame(partition, record.record()));
      Pushes.saw(session.places(), partition, record);
    }
  }
}
