package im.linnet.edge.session;

import java.util.concurrent.CompletableFuture;

/**
 * The bounded way out of one session. Frames leave in the order of the offers, many per socket
 * write. Any thread may offer; the socket is written on the session's event loop only.
 */
public interface Outbox {
  /**
   * Puts a frame (UTF-8 JSON, no newline) behind those that wait.
   *
   * @return false where it was not taken: the session has ended, or this frame passed the bound and
   *     the session is being closed as a slow consumer
   */
  boolean offer(byte[] frame);

  /**
   * As {@link #offer}, for the frame of a record that the broker took at a time.
   *
   * @param appendedMillis the broker's time, from which to the write is measured where it is
   */
  default boolean push(byte[] frame, long appendedMillis) {
    return offer(frame);
  }

  /**
   * Waits until the outbox has room for a page: at most a quarter of its bound is used.
   *
   * @return completes on any thread; fails with {@link java.util.concurrent.CancellationException}
   *     when the session ends; never left open
   */
  CompletableFuture<Void> room();
}
