package im.linnet.log.follow;

import im.linnet.log.Callbacks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Offsets that only rise, and futures that wait for them. Reading an offset takes no lock. Safe on
 * any thread. Futures complete on the thread that raises the offset, or on the JDK's timer thread.
 *
 * @param <K> the type of the keys; each key has an offset
 */
public final class OffsetWaiters<K> {
  private static final Comparator<Waiter> BY_OFFSET =
      Comparator.comparingLong(Waiter::offset).thenComparingLong(Waiter::sequence);

  private final Map<K, Long> next = new ConcurrentHashMap<>();
  private final long initial;
  private final int maxWaiters;
  private final Object lock = new Object();
  private final Map<K, TreeSet<Waiter>> waiting = new HashMap<>();
  private int waiters;
  private long sequence;
  private boolean closed;

  private record Waiter(long offset, long sequence, CompletableFuture<Void> future) {}

  /**
   * Begins with the same offset for every key.
   *
   * @param initial the next offset of a key that was never raised
   * @param maxWaiters the most futures that wait at a time; one more fails at once
   */
  public OffsetWaiters(long initial, int maxWaiters) {
    this.initial = initial;
    this.maxWaiters = maxWaiters;
  }

  /** The next offset: all below have been seen. */
  public long next(K key) {
    return next.getOrDefault(key, initial);
  }

  /** Raises an offset. A lower or equal offset changes nothing. */
  public void raise(K key, long to) {
    List<CompletableFuture<Void>> passed = new ArrayList<>();
    synchronized (lock) {
      if (to <= next(key)) {
        return;
      }
      next.put(key, to);
      TreeSet<Waiter> queue = waiting.get(key);
      while (queue != null && !queue.isEmpty() && queue.first().offset() < to) {
        passed.add(queue.first().future());
        queue.remove(queue.first());
        waiters--;
      }
    }
    for (CompletableFuture<Void> future : passed) {
      future.complete(null);
    }
  }

  /** Completes once {@code next(key) > offset}, or fails with a {@link TimeoutException}. */
  public CompletableFuture<Void> await(K key, long offset, Duration timeout) {
    return await(key, offset).orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Completes once {@code next(key) > offset}; fails when closed. Cancelling it ends the wait. */
  public CompletableFuture<Void> await(K key, long offset) {
    if (next(key) > offset) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> future = new CompletableFuture<>();
    Waiter waiter;
    synchronized (lock) {
      if (next(key) > offset) {
        return CompletableFuture.completedFuture(null);
      }
      if (closed) {
        return CompletableFuture.failedFuture(new TimeoutException(key + ": closed"));
      }
      if (waiters >= maxWaiters) {
        return CompletableFuture.failedFuture(
            new TimeoutException(key + ": already " + waiters + " wait for an offset"));
      }
      waiter = new Waiter(offset, sequence++, future);
      waiting.computeIfAbsent(key, any -> new TreeSet<>(BY_OFFSET)).add(waiter);
      waiters++;
    }
    Callbacks.whenDone(future, (done, failure) -> forget(key, waiter));
    return future;
  }

  /** Fails all futures that still wait. */
  public void close() {
    List<CompletableFuture<Void>> left = new ArrayList<>();
    synchronized (lock) {
      closed = true;
      waiting.values().forEach(queue -> queue.forEach(waiter -> left.add(waiter.future())));
      waiting.clear();
      waiters = 0;
    }
    left.forEach(future -> future.completeExceptionally(new TimeoutException("closed")));
  }

  private void forget(K key, Waiter waiter) {
    synchronized (lock) {
      TreeSet<Waiter> queue = waiting.get(key);
      if (queue != null && queue.remove(waiter)) {
        waiters--;
      }
    }
  }
}
