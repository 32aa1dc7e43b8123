package im.linnet.presence;

import im.linnet.records.PresenceDirectory;
import im.linnet.records.PresenceDirectory.PresenceEntry;
import im.linnet.records.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store's presence fields and its list of live edges equal to the log. Only the newest
 * state of each user waits, so the number of users bounds the queue. After hours without a store
 * each user costs one write. Presence in Kafka never waits for the store.
 *
 * <p>One thread of its own writes; {@code offer} may be called from any thread and never blocks on
 * the store. Guarantee: the newest state offered for a user is written, unless the process ends
 * first. The next process then offers it again from {@code im.presence.v1}.
 */
final class StoreMirror implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreMirror.class);

  private final PresenceDirectory store;
  private final String trackerAddress;
  private final int batch;
  private final Duration retry;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Map<String, PresenceEntry> pending = new LinkedHashMap<>();
  private final Thread thread;
  private List<PresenceEntry> underWay = List.of();
  private @Nullable List<String> pendingEdges;
  private boolean closing;
  private volatile @Nullable String trouble;

  StoreMirror(PresenceDirectory store, PresenceConfig config) {
    this.store = store;
    trackerAddress = config.address();
    batch = config.storeBatch();
    retry = config.storeRetry();
    thread = Thread.ofPlatform().name("presence-store-" + config.instance()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Queues a state, unless a newer state of that user waits already. */
  void offer(PresenceEntry entry) {
    lock.lock();
    try {
      pending.merge(entry.user(), entry, StoreMirror::newer);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the new list of live edges. */
  void offerEdges(List<String> addresses) {
    lock.lock();
    try {
      pendingEdges = addresses;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The reason why it cannot write; empty while it can. */
  Optional<String> check() {
    if (!thread.isAlive()) {
      return Optional.of("the presence-tracker's store thread is not running");
    }
    return Optional.ofNullable(trouble);
  }

  /** The number of users with a newest state that is not in the store yet. */
  int waiting() {
    lock.lock();
    try {
      long writing = underWay.stream().filter(each -> !pending.containsKey(each.user())).count();
      return pending.size() + (int) writing;
    } finally {
      lock.unlock();
    }
  }

  /** Writes the waiting states if the store takes them at once, then stops. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    boolean interrupted = false;
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    thread.interrupt();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The content of one write. */
  private record Round(List<PresenceEntry> entries, @Nullable List<String> edges) {
    boolean isEmpty() {
      return entries.isEmpty() && edges == null;
    }
  }

  private void run() {
    try {
      for (Round round = take(); !round.isEmpty(); round = take()) {
        if (!write(round) && !pause()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for work; an empty round means the end of all work. */
  private Round take() throws InterruptedException {
    lock.lock();
    try {
      while (pending.isEmpty() && pendingEdges == null && !closing) {
        work.await();
      }
      List<PresenceEntry> entries = new ArrayList<>();
      Iterator<PresenceEntry> waiting = pending.values().iterator();
      while (waiting.hasNext() && entries.size() < batch) {
        entries.add(waiting.next());
        waiting.remove();
      }
      underWay = entries;
      List<String> edges = pendingEdges;
      pendingEdges = null;
      return new Round(entries, edges);
    } finally {
      lock.unlock();
    }
  }

  private boolean write(Round round) {
    try {
      if (!round.entries().isEmpty()) {
        store.savePresence(round.entries());
      }
      if (round.edges() != null) {
        store.saveEdges(trackerAddress, round.edges());
      }
      done();
      if (trouble != null) {
        trouble = null;
        LOG.info("the store takes presence again");
      }
      return true;
    } catch (StoreUnavailableException e) {
      refuse(round, e);
    } catch (RuntimeException e) {
      // Unexpected, but a thread that ends here would leave the store outdated for good.
      LOG.warn("could not write presence", e);
      refuse(round, e);
    }
    return false;
  }

  private void done() {
    lock.lock();
    try {
      underWay = List.of();
    } finally {
      lock.unlock();
    }
  }

  private void refuse(Round round, RuntimeException cause) {
    if (trouble == null) {
      LOG.warn("the store does not take presence, retrying: {}", cause.toString());
    }
    trouble = "the store does not take presence: " + cause.getMessage();
    lock.lock();
    try {
      underWay = List.of();
      for (PresenceEntry entry : round.entries()) {
        pending.merge(entry.user(), entry, StoreMirror::newer);
      }
      if (pendingEdges == null) {
        pendingEdges = round.edges();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits before the next try; false if the mirror is closed. */
  private boolean pause() throws InterruptedException {
    long nanos = retry.toNanos();
    lock.lock();
    try {
      while (nanos > 0 && !closing) {
        nanos = work.awaitNanos(nanos);
      }
      return !closing;
    } finally {
      lock.unlock();
    }
  }

  private static PresenceEntry newer(PresenceEntry one, PresenceEntry other) {
    return other.guard() > one.guard() ? other : one;
  }
}
