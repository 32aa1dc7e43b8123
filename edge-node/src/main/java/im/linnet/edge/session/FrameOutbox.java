package im.linnet.edge.session;

import im.linnet.edge.transport.ClientConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The outbox of one connection: many threads offer, its event loop writes. All frames that have
 * gathered by the loop's next turn leave in one socket write. While the socket is full nothing is
 * written, and the waiting frames count against the bound. An empty outbox holds no queue.
 *
 * <p>A reply is offered as the task that builds it. It takes its place among the frames at once.
 * The loop builds all gathered replies in the turn in which it writes them. So a reply needs no
 * loop task of its own, and the thread that brings the log's acknowledgements need not encode.
 * While the socket is full, the loop builds a reply in a turn of its own, so that its bytes count.
 *
 * <p>A frame is let in while the waiting frames are below the bound. So one frame may pass the
 * bound, however large it is. Other producers may write a record larger than the whole bound, and a
 * client that was refused it would come back for it for ever.
 */
final class FrameOutbox implements Outbox {
  /** The largest write, except for a single larger frame. */
  private static final int WRITE_BYTES = 64 << 10;

  /**
   * The multiple of the bound that may gather while the socket takes all its bytes. Then the event
   * loop is late, by one read's worth of requests, and not the client.
   */
  private static final int BURST = 8;

  /**
   * The bounds of the waiting frames.
   *
   * @param bytes the bytes of all frames
   * @param frames the number of frames
   */
  record Bounds(int bytes, int frames) {}

  /** Told what becomes of the frames. */
  interface Listener {
    /** Takes the time from the broker's append of a push to its write. On the event loop. */
    void written(long latencyMillis);

    /** A frame has passed the bound. Called once, on the offering thread. */
    void slow();
  }

  private final ClientConnection connection;
  private final Bounds bounds;
  private final Listener listener;

  // All of these are guarded by this. Holds byte[], and Supplier<byte[]> for frames to build.
  private @Nullable ArrayDeque<Object> waiting;
  private @Nullable List<CompletableFuture<Void>> rooms;
  private int frames;
  private int unbuilt;
  private long bytes;
  private boolean scheduled;
  private boolean blocked;
  private boolean sealed;
  private boolean overflown;
  private boolean told;
  // The measured push among the waiting frames: its time, 0 without one, and the number of frames
  // up to it. The oldest push of each write stands for all.
  private long measuredMillis;
  private int measuredIn;

  // Owned by the event loop.
  private long written;
  private long leavingMillis;

  FrameOutbox(ClientConnection connection, Bounds bounds, Listener listener) {
    this.connection = connection;
    this.bounds = bounds;
    this.listener = listener;
  }

  @Override
  public boolean offer(byte[] frame) {
    return push(frame, 0);
  }

  @Override
  public boolean push(byte[] frame, long appendedMillis) {
    boolean flush;
    synchronized (this) {
      if (sealed) {
        return false;
      }
      if (fits()) {
        add(frame);
        bytes += frame.length;
        if (appendedMillis != 0 && measuredMillis == 0) {
          measuredMillis = appendedMillis;
          measuredIn = frames;
        }
        flush = !scheduled;
        scheduled = true;
      } else {
        overflow();
        flush = false;
      }
    }
    return went(flush);
  }

  /**
   * Puts a frame that is not built yet after the waiting ones. Any thread.
   *
   * @param frame called once, on the event loop; must not throw
   */
  void offerLate(Supplier<byte[]> frame) {
    boolean flush = false;
    boolean build = false;
    synchronized (this) {
      if (sealed) {
        return;
      }
      if (fits()) {
        add(frame);
        unbuilt++;
        flush = !scheduled;
        // Otherwise the coming flush builds it.
        build = !flush && blocked && unbuilt == 1;
        scheduled = true;
      } else {
        overflow();
      }
    }
    if (build) {
      connection.execute(this::build);
    } else {
      went(flush);
    }
  }

  private boolean fits() {
    int slack = blocked ? 1 : BURST;
    return frames < (long) slack * bounds.frames() && bytes < (long) slack * bounds.bytes();
  }

  private void add(Object frame) {
    if (waiting == null) {
      waiting = new ArrayDeque<>(4);
    }
    waiting.add(frame);
    frames++;
  }

  private void overflow() {
    sealed = true;
    overflown = true;
    clear();
  }

  private void clear() {
    waiting = null;
    frames = 0;
    unbuilt = 0;
    bytes = 0;
  }

  /** Does the rest outside of the lock; false if the bound was passed. */
  private boolean went(boolean flush) {
    if (flush) {
      connection.execute(this::flush);
      return true;
    }
    boolean over;
    synchronized (this) {
      over = overflown && !told;
      told |= over;
    }
    if (over) {
      cancelRooms();
      listener.slow();
    }
    return !over;
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

  /** Takes no more frames; waiting frames stay until {@link #drain}. Any thread. */
  void seal() {
    synchronized (this) {
      sealed = true;
    }
    cancelRooms();
  }

  /** Hands over the frames that still wait. On the event loop. */
  List<byte[]> drain() {
    build();
    synchronized (this) {
      List<byte[]> rest = new ArrayList<>(frames + 1);
      if (waiting != null) {
        waiting.forEach(frame -> rest.add((byte[]) frame));
      }
      clear();
      return rest;
    }
  }

  /** Bytes of all frames that were handed to the socket. On the event loop. */
  long written() {
    return written;
  }

  private void flush() {
    if (connection.isGone()) {
      // The session's end is on its way; until then frames must not gather in vain.
      seal();
      drain();
      return;
    }
    while (connection.writable()) {
      block(false);
      build();
      List<byte[]> batch = poll();
      if (batch == null) {
        return;
      }
      if (!batch.isEmpty()) {
        connection.write(batch);
        tellLatency();
        giveRoom();
      }
    }
    block(true);
    // From here on an offer sees that the socket is full, and has its frame built in a turn of its
    // own.
    build();
    connection.onWritable(this::flush);
  }

  private void tellLatency() {
    if (leavingMillis != 0) {
      listener.written(System.currentTimeMillis() - leavingMillis);
      leavingMillis = 0;
    }
  }

  private synchronized void block(boolean now) {
    blocked = now;
  }

  /** Builds all frames that are not built yet, each in its place. On the event loop. */
  private void build() {
    ArrayDeque<Object> taken;
    synchronized (this) {
      if (unbuilt == 0 || waiting == null) {
        return;
      }
      taken = waiting;
      waiting = null;
      unbuilt = 0;
    }
    long built = 0;
    int last = 0;
    for (int left = taken.size(); left > 0; left--) {
      Object frame = taken.remove();
      if (frame instanceof Supplier<?> late) {
        byte[] made = (byte[]) late.get();
        built += made.length;
        last = made.length;
        frame = made;
      }
      taken.add(frame);
    }
    synchronized (this) {
      if (overflown) {
        return;
      }
      if (waiting != null) {
        taken.addAll(waiting);
      }
      waiting = taken;
      bytes += built;
      int slack = blocked ? 1 : BURST;
      if (!sealed && bytes - last >= (long) slack * bounds.bytes()) {
        overflow();
      }
    }
    went(false);
  }

  /** The frames of one write. Empty if the next frame is not built; null if no frame waits. */
  private synchronized @Nullable List<byte[]> poll() {
    if (waiting == null || waiting.isEmpty()) {
      waiting = null;
      scheduled = false;
      return null;
    }
    List<byte[]> batch = new ArrayList<>(waiting.size());
    int size = 0;
    while (waiting.peek() instanceof byte[] frame
        && (batch.isEmpty() || size + frame.length <= WRITE_BYTES)) {
      waiting.remove();
      size += frame.length;
      batch.add(frame);
    }
    frames -= batch.size();
    bytes -= size;
    written += size;
    measuredIn -= batch.size();
    if (measuredIn <= 0) {
      leavingMillis = measuredMillis;
      measuredMillis = 0;
    }
    return batch;
  }

  private boolean hasRoom() {
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
