package im.linnet.edge.transport;

import im.linnet.schemas.frame.CloseCode;

/** What a connection brings. All methods are called on its event loop, {@link #ended} last. */
public interface Inbound {
  /** A frame stands in {@code bytes[from, to)}; the array is the callee's only during the call. */
  void frame(byte[] bytes, int from, int to);

  /** The client broke the framing; nothing more will be brought. */
  void violation(CloseCode code, String detail);

  /** The client gave a sign of life that is not a frame. */
  void alive();

  /**
   * The client sends nothing more, and still reads. Called at most once; only {@link #ended}
   * follows.
   */
  void inputEnded();

  /** The socket is closed. Called once. */
  void ended();
}
