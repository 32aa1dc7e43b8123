package im.linnet.log.publish;

import im.linnet.log.publish.PublishException.Reason;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The records of a publisher that Kafka has not answered: a bound on them, a listener to their
 * ends, and the list of them all, so that every future completes even where Kafka's thread died or
 * its producer was closed. The list is bounded by the producer's buffer. Safe on any thread.
 */
final class UnderWay {
  private final int most;
  private final PublishListener listener;
  private final AtomicInteger counted = new AtomicInteger();

  /** Nearly in the order of their answers. */
  private final Queue<Publication> queue = new ConcurrentLinkedQueue<>();

  /**
   * @param most records that are counted at the same time
   */
  UnderWay(int most, PublishListener listener) {
    this.most = most;
    this.listener = listener;
  }

  /** Counts one more record; false where the bound is reached. */
  boolean enter() {
    if (counted.incrementAndGet() <= most) {
      return true;
    }
    counted.decrementAndGet();
    return false;
  }

  /** A record that was counted was refused before it became a publication. */
  void refused() {
    listener.failed(Reason.OVERLOADED);
  }

  /** Counted records that have not ended. */
  int count() {
    return counted.get();
  }

  int most() {
    return most;
  }

  void add(Publication publication) {
    queue.add(publication);
  }

  /** A publication has ended: what kept it, null where it counts. */
  void ended(Publication publication, @Nullable Reason reason) {
    if (!publication.counted()) {
      return;
    }
    counted.decrementAndGet();
    if (reason == null) {
      listener.acked(System.nanoTime() - publication.startedNanos());
    } else {
      listener.failed(reason);
    }
  }

  /** Forgets the answered ones at the head. */
  void trim() {
    Publication head = queue.peek();
    while (head != null && head.future().isDone()) {
      // By identity: another thread may have trimmed it meanwhile, and then this does nothing.
      queue.remove(head);
      head = queue.peek();
    }
  }

  /** Fails those that wait longer; returns how many. */
  int abandonOlderThan(Duration age, long nowNanos) {
    int abandoned = 0;
    for (Publication publication : queue) {
      if (nowNanos - publication.startedNanos() < age.toNanos()) {
        break;
      }
      if (!publication.future().isDone()) {
        publication.abandon("Kafka gave no answer for " + age);
        abandoned++;
      }
    }
    trim();
    return abandoned;
  }

  /** Fails all that are left. */
  void abandonAll(String why) {
    for (Publication left = queue.poll(); left != null; left = queue.poll()) {
      left.abandon(why);
    }
  }
}
