package im.linnet.edge.presence;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Marks the users that this edge needs, and reads users in doubt from the log. One pass runs at a
 * time, over the partitions of all users that waited when it began. So a storm of questions costs a
 * few passes, and never more than one worker's time. The result of a pass is kept also without a
 * waiting question, so a client that was told to come back finds it. Safe on any thread, never
 * blocks.
 */
public final class LookUps {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final UserTable users;
  private final ToIntFunction<String> userPartition;
  private final Pass pass;
  private final Executor worker;
  private @Nullable Batch next;
  private boolean running;
  private long passes;

  /** Reads all records of some user partitions. */
  @FunctionalInterface
  public interface Pass {
    /** Reads the partitions. Blocks, bounded; throws if the log cannot be read to its end. */
    void read(Set<Integer> userPartitions);
  }

  /** The users that wait for the next pass. */
  private static final class Batch {
    private final Set<String> users = new HashSet<>();
    private final CompletableFuture<Void> read = new CompletableFuture<>();
  }

  /**
   * @param directory the directory that it fills
   * @param userPartition the partition of a user's key
   * @param worker runs passes, one at a time
   */
  public LookUps(
      DeviceDirectory directory, ToIntFunction<String> userPartition, Pass pass, Executor worker) {
    this.users = directory.users();
    this.userPartition = userPartition;
    this.pass = pass;
    this.worker = worker;
  }

  /** Marks a user as needed until {@link #release}, which must be called as often. */
  public void need(String user) {
    users.need(user);
  }

  /** Takes back one {@link #need}. */
  public void release(String user) {
    users.release(user);
  }

  /**
   * Waits until all of these users are known. Each must be marked as needed.
   *
   * @return done already if they are kept; fails if the log cannot be read in time; never left open
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

  /** The number of passes so far. */
  public synchronized long passes() {
    return passes;
  }

  private CompletableFuture<Void> join(String user) {
    CompletableFuture<Void> read;
    synchronized (this) {
      Batch batch = next;
      if (batch == null) {
        batch = new Batch();
        next = batch;
      }
      if (batch.users.add(user)) {
        users.need(user);
      }
      read = batch.read;
      if (running) {
        return read;
      }
      running = true;
    }
    start();
    return read;
  }

  private void start() {
    try {
      worker.execute(this::run);
    } catch (RejectedExecutionException e) {
      Batch batch;
      synchronized (this) {
        batch = next;
        next = null;
        running = false;
      }
      if (batch != null) {
        end(batch, e);
      }
    }
  }

  private synchronized @Nullable Batch take() {
    Batch batch = next;
    next = null;
    if (batch == null) {
      running = false;
    } else {
      passes++;
    }
    return batch;
  }

  private void run() {
    Batch batch = take();
    if (batch == null) {
      return;
    }
    try {
      long number = users.passBegins(batch.users);
      pass.read(batch.users.stream().map(userPartition::applyAsInt).collect(Collectors.toSet()));
      users.passEnded(number, batch.users);
      end(batch, null);
    } catch (RuntimeException e) {
      end(batch, e);
    } finally {
      start();
    }
  }

  private void end(Batch batch, @Nullable RuntimeException failure) {
    batch.users.forEach(users::release);
    if (failure == null) {
      batch.read.complete(null);
    } else {
      batch.read.completeExceptionally(failure);
    }
  }
}
