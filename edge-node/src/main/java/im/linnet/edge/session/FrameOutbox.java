package im.linnet.edge.session;

import im.linnet.edge.transport.Connection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The outbox of one connection: many threads offer, its event loop writes. All frames that have
 * gathered by the loop's next turn leave in one socket write. While the socket is full nothing is
 * written, and what waits here counts against the bound. An empty outbox holds no queue.
 *
 * <p>A frame is let in while what waits is below the bound, so one frame passes it, however large:
 * a record that other producers wrote may be larger than the whole bound, and a client that was
 * refused it would come back for it for ever.
 */
final class FrameOutbox implements Outbox {
  /** One write is not larger than that, unless a single frame is. */
  private static final int WRITE_BYTES = 64 << 10;

  /**
   * How many times the bound may gather while the socket takes all that it is given: the event loop
   * is behind then, with one read's worth of requests, and not the client.
   */
  private static final int BURST = 8;

  /**
   * How much may wait.
   *
   * @param bytes bytes of all frames
   * @param frames how many
   */
  record Bounds(int bytes, int frames) {}

  private final Connection connection;
  private final Bounds bounds;
  private final Runnable slow;

  // All of these are guarded by this.
  private @Nullable ArrayDeque<byte[]> waiting;
  private @Nullable List<CompletableFuture<Void>> rooms;
  private long bytes;
  private boolean scheduled;
  private boolean blocked;
  private boolean sealed;

  // Owned by the event loop.
  private long written;

  /**
   * Makes one.
   *
   * @param slow told once, on the offering thread, when a frame passes the bound
   */
  FrameOutbox(Connection connection, Bounds bounds, Runnable slow) {
    this.connection = connection;
    this.bounds = bounds;
    this.slow = slow;
  }

  @Override
  public boolean offer(byte[] frame) {
    boolean schedule;
    synchronized (this) {
      if (sealed) {
        return false;
      }
      int frames = waiting == null ? 0 : waiting.size();
      int slack = blocked ? 1 : BURST;
      boolean fits =
          frames < (long) slack * bounds.frames() && bytes < (long) slack * bounds.bytes();
      if (!fits) {
        sealed = true;
        waiting = null;
        bytes = 0;
        schedule = false;
      } else {
        if (waiting == null) {
          waiting = new ArrayDeque<>(4);
        }
        waiting.add(frame);
        bytes += frame.length;
        schedule = !scheduled;
        scheduled = true;
      }
      if (fits && !schedule) {
        return true;
      }
    }
    if (schedule) {
      connection.execute(this::flush);
      return true;
    }
    cancelRooms();
    slow.run();
    return false;
  }

  @Override
  public CompletableFuture<Void> room() {
    synchronized (this) {
      if (sealed) {
        return CompletableFuture.failedFuture(new CancellationException("the session has ended"));
      }
      if (hasRoom()) {
        return CompletableFuture.completedFuture(null);
      }
      if (rooms == null) {
        rooms = new ArrayList<>(1);
      }
      CompletableFuture<Void> room = new CompletableFuture<>();
      rooms.add(room);
      return room;
    }
  }

  /** Takes no more frames; what waits stays until {@link #drain}. Any thread. */
  void seal() {
    synchronized (this) {
      sealed = true;
    }
    cancelRooms();
  }

  /** Hands over what still waits. On the event loop. */
  List<byte[]> drain() {
    synchronized (this) {
      List<byte[]> rest = waiting == null ? new ArrayList<>(1) : new ArrayList<>(waiting);
      waiting = null;
      bytes = 0;
      return rest;
    }
  }

  /** Bytes of all frames that were handed to the socket. On the event loop. */
  long written() {
    return written;
  }

  private void flush() {
    while (connection.writable()) {
      block(false);
      List<byte[]> batch = poll();
      if (batch.isEmpty()) {
        return;
      }
      connection.write(batch);
      giveRoom();
    }
    block(true);
    connection.onWritable(this::flush);
  }

  private synchronized void block(boolean now) {
    blocked = now;
  }

  private synchronized List<byte[]> poll() {
    if (waiting == null || waiting.isEmpty()) {
      waiting = null;
      scheduled = false;
      return List.of();
    }
    List<byte[]> batch = new ArrayList<>(waiting.size());
    int size = 0;
    while (!waiting.isEmpty()
        && (batch.isEmpty() || size + waiting.element().length <= WRITE_BYTES)) {
      byte[] frame = waiting.remove();
      size += frame.length;
      batch.add(frame);
    }
    bytes -= size;
    written += size;
    return batch;
  }

  private boolean hasRoom() {
    int frames = waiting == null ? 0 : waiting.size();
    return bytes <= bounds.bytes() / 4 && frames <= bounds.frames() / 4;
  }

  private void giveRoom() {
    List<CompletableFuture<Void>> given;
    synchronized (this) {
      if (rooms == null || !hasRoom()) {
        return;
      }
      given = rooms;
      rooms = null;
    }
    given.forEach(room -> room.complete(null));
  }

  private void cancelRooms() {
    List<CompletableFuture<Void>> cancelled;
    synchronized (this) {
      if (rooms == null) {
        return;
      }
      cancelled = rooms;
      rooms = null;
    }
    CancellationException ended = new CancellationException("the session has ended");
    cancelled.forEach(room -> room.completeExceptionally(ended));
  }
}
