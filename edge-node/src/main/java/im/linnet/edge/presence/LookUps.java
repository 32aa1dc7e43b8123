package im.linnet.edge.presence;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Says whom this edge needs, and reads those from the log who are in doubt: one pass over a user
 * partition at a time, each for all who waited when it began. So a storm of questions costs a few
 * passes, and never more than one worker's time. Safe on any thread, never blocks.
 */
public final class LookUps {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final UserTable users;
  private final ToIntFunction<String> userPartition;
  private final Pass pass;
  private final Executor worker;
  private final Map<Integer, Batch> next = new HashMap<>();
  private final Set<Integer> running = new HashSet<>();
  private long passes;

  /** Reads all that the log holds of a user partition. */
  @FunctionalInterface
  public interface Pass {
    /** Blocks, bounded; throws where the log cannot be read to its end. */
    void read(int userPartition);
  }

  /** Those who wait for the next pass. */
  private static final class Batch {
    private final Set<String> users = new HashSet<>();
    private final CompletableFuture<Void> read = new CompletableFuture<>();
  }

  /**
   * @param directory what it fills
   * @param userPartition the partition of a user's key
   * @param worker runs passes; a task per user partition waits there at most
   */
  public LookUps(
      DeviceDirectory directory, ToIntFunction<String> userPartition, Pass pass, Executor worker) {
    this.users = directory.users();
    this.userPartition = userPartition;
    this.pass = pass;
    this.worker = worker;
  }

  /** Somebody here needs that user until {@link #release}, which is called as often. */
  public void need(String user) {
    users.need(user);
  }

  /** Takes back one {@link #need}. */
  public void release(String user) {
    users.release(user);
  }

  /**
   * Waits until nothing of these users is in doubt, each of whom somebody needs.
   *
   * @return done already where they are kept; fails where the log cannot be read in time, never
   *     left open
   */
  public CompletableFuture<Void> known(Collection<String> asked) {
    Set<CompletableFuture<Void>> reads = new HashSet<>();
    for (String user : asked) {
      if (!users.isLoaded(user)) {
        reads.add(join(user));
      }
    }
    return reads.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
            .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Passes so far. */
  public synchronized long passes() {
    return passes;
  }

  private CompletableFuture<Void> join(String user) {
    int partition = userPartition.applyAsInt(user);
    CompletableFuture<Void> read;
    synchronized (this) {
      Batch batch = next.computeIfAbsent(partition, each -> new Batch());
      batch.users.add(user);
      read = batch.read;
      if (!running.add(partition)) {
        return read;
      }
    }
    start(partition);
    return read;
  }

  private void start(int partition) {
    try {
      worker.execute(() -> run(partition));
    } catch (RejectedExecutionException e) {
      Batch batch;
      synchronized (this) {
        batch = next.remove(partition);
        running.remove(partition);
      }
      if (batch != null) {
        batch.read.completeExceptionally(e);
      }
    }
  }

  private synchronized @Nullable Batch take(int partition) {
    Batch batch = next.remove(partition);
    if (batch == null) {
      running.remove(partition);
    } else {
      passes++;
    }
    return batch;
  }

  private void run(int partition) {
    Batch batch = take(partition);
    if (batch == null) {
      return;
    }
    try {
      long number = users.passBegins(batch.users);
      pass.read(partition);
      users.passEnded(number, batch.users);
      batch.read.complete(null);
    } catch (RuntimeException e) {
      batch.read.completeExceptionally(e);
    } finally {
      start(partition);
    }
  }
}
