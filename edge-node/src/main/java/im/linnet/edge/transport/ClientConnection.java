package im.linnet.edge.transport;

import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One client socket that carries frames, whatever the transport. It belongs to one event loop: all
 * methods are called there, except {@link #execute} and the constants.
 */
public interface ClientConnection {
  /** The client's ip:port. Constant. */
  String peer();

  /** The token that the transport itself carried, null where it carried none. Constant. */
  @Nullable String bearer();

  /**
   * The connection's event loop: one and the same object for all connections of that loop. Takes
   * tasks from any thread. Constant.
   */
  Executor loop();

  /** Runs a task on the connection's event loop, in the order of the calls. Any thread. */
  void execute(Runnable task);

  /**
   * Whether the client takes nothing any more: it has said goodbye, or its socket is closed. What
   * is written then is dropped.
   */
  boolean isGone();

  /**
   * Whether the socket takes more now.
   *
   * @throws IllegalStateException if the client {@link #isGone}
   */
  boolean writable();

  /**
   * Calls back once, when the socket takes more again.
   *
   * @throws IllegalStateException if the client {@link #isGone}
   */
  void onWritable(Runnable callback);

  /** Writes frames in one go. They are not changed afterwards. */
  void write(List<byte[]> frames);

  /** Stops reading from the socket. */
  void pause();

  /** Reads on. */
  void resume();

  /** Asks the client for a sign of life. */
  void ping();

  /**
   * Writes the last frames and closes, in a bounded time even if the client does not take them.
   * Only the first call does anything; nothing is written or received after it.
   */
  void close(List<byte[]> lastFrames, int code, String reason);
}
