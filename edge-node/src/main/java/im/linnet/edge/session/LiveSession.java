package im.linnet.edge.session;

import im.linnet.schemas.frame.CloseCode;
import java.util.concurrent.Executor;

/**
 * The view of an authenticated session for the rest of the edge. Every method may be called from
 * any thread.
 */
public interface LiveSession {
  /** The session's id, unique for ever. */
  String id();

  /** The user that it is authenticated as. */
  String user();

  /** The client's device name. */
  String device();

  /**
   * The event loop of its socket: one and the same object for all sessions of that loop. Runs tasks
   * in the order in which they come.
   */
  Executor loop();

  /** The outbox of its frames. */
  Outbox outbox();

  /**
   * The offsets of records that it was acked or pushed; its next reply from the store must include
   * them.
   */
  SeenOffsets seenOffsets();

  /** The topics whose records it is pushed once it is live. */
  SessionTopics topics();

  /** Ends it with a last frame; the first call wins, later ones do nothing. */
  void close(CloseCode code, String detail, long retryAfterMillis);

  /** Whether it has ended. */
  boolean isClosed();
}
