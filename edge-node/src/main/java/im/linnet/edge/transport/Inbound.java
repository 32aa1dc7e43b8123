package im.linnet.edge.transport;

import im.linnet.schemas.frame.CloseCode;

/**
 * Takes the input of a connection. All methods are called on its event loop, {@link #ended} last.
 */
public interface Inbound {
  /**
   * Takes the frame in {@code bytes[from, to)}; the callee may use the array only during the call.
   */
  void frame(byte[] bytes, int from, int to);

  /** Takes the report that the client broke the framing; more input does not follow. */
  void violation(CloseCode code, String detail);

  /** Takes a sign of life that is not a frame. */
  void alive();

  /**
   * Takes the end of the input of a client that still reads. Called at most once; only {@link
   * #ended} follows.
   */
  void inputEnded();

  /** Takes the report that the socket is closed. Called once. */
  void ended();
}
