package im.linnet.edge.session;

import im.linnet.edge.transport.ClientConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A connection whose event loop is turned by the test, and whose socket is full when told so. */
public final class FakeConnection implements ClientConnection {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final List<String> written = new ArrayList<>();
  private final List<Integer> batches = new ArrayList<>();
  private final @Nullable String bearer;
  private final Executor loop = this::execute;
  private int takes = Integer.MAX_VALUE;
  private @Nullable Runnable onWritable;
  private int closeCode;
  private int pings;
  private boolean paused;
  private boolean gone;
  private boolean broken;

  public FakeConnection() {
    this(null);
  }

  public FakeConnection(@Nullable String bearer) {
    this.bearer = bearer;
  }

  @Override
  public String peer() {
    return "127.0.0.1:1";
  }

  @Override
  public @Nullable String bearer() {
    return bearer;
  }

  @Override
  public Executor loop() {
    return loop;
  }

  @Override
  public synchronized void execute(Runnable task) {
    if (broken) {
      throw new IllegalStateException("the loop takes no tasks");
    }
    tasks.add(task);
  }

  @Override
  public synchronized void after(long millis, Runnable task) {
    later.add(task);
  }

  /** Runs what was to run later. */
  void passTime() {
    for (Runnable task = later.poll(); task != null; task = later.poll()) {
      task.run();
    }
    turn();
  }

  /** Its loop takes nothing from here on. */
  synchronized void breaks() {
    broken = true;
  }

  /** How many tasks wait for the loop. */
  synchronized int tasks() {
    return tasks.size();
  }

  /** Runs what was put on the loop, and what that puts there. */
  public void turn() {
    for (Runnable task = next(); task != null; task = next()) {
      task.run();
    }
  }

  private synchronized @Nullable Runnable next() {
    return tasks.poll();
  }

  /** The client says goodbye: the socket is not closed yet, and refuses to be used. */
  void saysGoodbye() {
    gone = true;
  }

  @Override
  public boolean isGone() {
    return gone;
  }

  private void requireNotGone() {
    if (gone) {
      throw new IllegalStateException("the client has said goodbye");
    }
  }

  @Override
  public boolean writable() {
    requireNotGone();
    return takes > 0;
  }

  void full() {
    takes = 0;
  }

  void drained() {
    takes(Integer.MAX_VALUE);
  }

  /** The socket takes so many writes and is full again. */
  void takes(int writes) {
    takes = writes;
    Runnable callback = onWritable;
    onWritable = null;
    if (callback != null) {
      callback.run();
    }
  }

  @Override
  public void onWritable(Runnable callback) {
    requireNotGone();
    onWritable = callback;
  }

  @Override
  public void write(List<byte[]> frames) {
    if (gone) {
      return;
    }
    takes--;
    batches.add(frames.size());
    frames.forEach(frame -> written.add(new String(frame, StandardCharsets.UTF_8)));
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
  }

  boolean isPaused() {
    return paused;
  }

  @Override
  public void ping() {
    pings++;
  }

  int pings() {
    return pings;
  }

  @Override
  public void close(List<byte[]> lastFrames, int code, String reason) {
    if (closeCode == 0) {
      closeCode = code;
      if (gone) {
        return;
      }
      lastFrames.forEach(frame -> written.add(new String(frame, StandardCharsets.UTF_8)));
    }
  }

  /** The code of the close, 0 while open. */
  public int closeCode() {
    return closeCode;
  }

  /** All frames that were written. */
  public List<String> written() {
    return written;
  }

  /** How many frames each write had. */
  List<Integer> batches() {
    return batches;
  }
}
