package im.linnet.log.publish;

import im.linnet.log.publish.PublishException.Reason;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The records of a publisher without an answer of Kafka: their bound, a listener to their ends, and
 * the list of all of them. With the list every future completes, even if Kafka's thread has died or
 * its producer was closed. The list is bounded by the producer's buffer. Safe on any thread.
 */
final class UnderWay {
  private final int most;
  private final PublishListener listener;
  private final AtomicInteger counted = new AtomicInteger();

  /** Nearly in the order of their answers. */
  private final Queue<Publication> queue = new ConcurrentLinkedQueue<>();

  /**
   * @param most the most counted records at a time
   */
  UnderWay(int most, PublishListener listener) {
    this.most = most;
    this.listener = listener;
  }

  /** Counts one more record; false if the bound is reached. */
  boolean enter() {
    if (counted.incrementAndGet() <= most) {
      return true;
    }
    counted.decrementAndGet();
    return false;
  }

  /** Takes back the count of a record that was refused before it became a publication. */
  void refused() {
    listener.failed(Reason.OVERLOADED);
  }

  /** The number of counted records that have not ended. */
  int count() {
    return counted.get();
  }

  int most() {
    return most;
  }

  void add(Publication publication) {
    queue.add(publication);
  }

  /** Notes the end of a publication, with its failure; null if the record counts. */
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
      // By identity: if another thread has removed it meanwhile, this does nothing.
      queue.remove(head);
      head = queue.peek();
    }
  }

  /** Fails the records that have waited longer, and returns their number. */
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

  /** Fails all remaining records. */
  void abandonAll(String why) {
    for (Publication left = queue.poll(); left != null; left = queue.poll()) {
      left.abandon(why);
    }
  }
}
