package im.linnet.edge.session;

import im.linnet.schemas.frame.CloseCode;

/**
 * What the rest of the edge sees of an authenticated session. Every method may be called from any
 * thread.
 */
public interface LiveSession {
  /** The session's id, unique for ever. */
  String id();

  /** The user that it is authenticated as. */
  String user();

  /** The client's device name. */
  String device();

  /** Where its frames go out. */
  Outbox outbox();

  /** What it was acked or pushed, so what its next reply from the store must hold. */
  SeenOffsets places();

  /** Ends it with a last frame; the first call wins, later ones do nothing. */
  void close(CloseCode code, String detail, long retryAfterMillis);

  /** Whether it has ended. */
  boolean isClosed();
}
