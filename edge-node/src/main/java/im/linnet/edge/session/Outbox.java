package im.linnet.edge.session;

import java.util.concurrent.CompletableFuture;

/**
 * The bounded way out of one session. Frames leave in the order of the offers, many per socket
 * write. Any thread may offer; the socket is written on the session's event loop only.
 */
public interface Outbox {
  /**
   * Puts a frame (UTF-8 JSON, no newline) after the waiting ones.
   *
   * @return false if it was not taken: the session has ended, or this frame passed the bound and
   *     the session is being closed as a slow consumer
   */
  boolean offer(byte[] frame);

  /**
   * As {@link #offer}, for the frame of a record with its broker time.
   *
   * @param appendedMillis the broker's time; an outbox that measures counts from it to the write
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
