package im.linnet.edge.transport;

import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One client socket that carries frames, over any transport. It belongs to one event loop: all
 * methods are called on that loop, except {@link #execute} and the constants.
 */
public interface ClientConnection {
  /** The client's ip:port. Constant. */
  String peer();

  /** The token that the transport itself carried, null if it carried none. Constant. */
  @Nullable String bearer();

  /**
   * The connection's event loop: one and the same object for all connections of that loop. Takes
   * tasks from any thread. Constant.
   */
  Executor loop();

  /** Runs a task on the connection's event loop, in the order of the calls. Any thread. */
  void execute(Runnable task);

  /**
   * Runs a task on the connection's event loop later, also if the client is gone by then. Called on
   * that loop.
   */
  void after(long millis, Runnable task);

  /**
   * Whether the client takes no more bytes: it has sent its close frame, or its socket is closed.
   * Later writes are dropped.
   */
  boolean isGone();

  /**
   * Whether the socket takes more bytes now.
   *
   * @throws IllegalStateException if the client {@link #isGone}
   */
  boolean writable();

  /**
   * Calls back once, when the socket takes bytes again.
   *
   * @throws IllegalStateException if the client {@link #isGone}
   */
  void onWritable(Runnable callback);

  /** Writes frames in one go. The caller must not change them afterwards. */
  void write(List<byte[]> frames);

  /** Stops reading from the socket. */
  void pause();

  /** Reads on. */
  void resume();

  /** Asks the client for a sign of life. */
  void ping();

  /**
   * Writes the last frames and closes, in a bounded time even if the client does not take them.
   * Only the first call has an effect; frames are neither written nor received after it.
   */
  void close(List<byte[]> lastFrames, int code, String reason);
}
