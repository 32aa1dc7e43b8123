package im.linnet.edge.attach;

import im.linnet.schemas.frame.CloseCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A session whose socket takes frames when the simulation says so. One thread. */
final class SimSession extends TestSession {
  /** As many frames as the outbox takes; a page is half of it. */
  static final int BOUND = 16;

  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
  private final List<CompletableFuture<Void>> rooms = new ArrayList<>();
  private boolean closed;
  boolean live;
  boolean opened;
  @Nullable CloseCode code;

  /** The place of a push at which a mistake of ours throws, in quotes. */
  @Nullable String throwsAt;

  /** One whose event loop runs its tasks at once. */
  SimSession(String id, String user) {
    this(Runnable::run, id, user);
  }

  SimSession(Executor loop, String id, String user) {
    super(loop, id, user);
  }

  @Override
  public boolean offer(byte[] frame) {
    if (closed) {
      return false;
    }
    String broken = throwsAt;
    if (broken != null && new String(frame, StandardCharsets.UTF_8).contains(broken)) {
      throw new IllegalStateException("mistake at " + broken);
    }
    if (waiting.size() == BOUND) {
      if (!live) {
        throw new AssertionError("an attach overran the outbox of " + id());
      }
      close(CloseCode.SLOW_CONSUMER, "", 0);
      return false;
    }
    waiting.add(frame);
    return true;
  }

  @Override
  public CompletableFuture<Void> room() {
    CompletableFuture<Void> room = new CompletableFuture<>();
    rooms.add(room);
    giveRoom();
    return room;
  }

  /** The socket takes a frame; null where none waits. */
  byte @Nullable [] take() {
    byte[] frame = waiting.poll();
    giveRoom();
    return frame;
  }

  private void giveRoom() {
    if (closed) {
      List<CompletableFuture<Void>> cancelled = List.copyOf(rooms);
      rooms.clear();
      cancelled.forEach(each -> each.completeExceptionally(new CancellationException("ended")));
    } else if (waiting.size() <= BOUND / 4) {
      List<CompletableFuture<Void>> given = List.copyOf(rooms);
      rooms.clear();
      given.forEach(each -> each.complete(null));
    }
  }

  @Override
  public void close(CloseCode reason, String detail, long retryAfterMillis) {
    if (!closed) {
      closed = true;
      code = reason;
      giveRoom();
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }
}
