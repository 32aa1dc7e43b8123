package im.linnet.log.publish;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The publications that Kafka has not answered, so that every future completes even where Kafka's
 * thread died or its producer was closed. Bounded by the producer's buffer. Safe on any thread.
 */
final class PendingPublications {
  private final Queue<Publication> queue = new ConcurrentLinkedQueue<>();

  void add(Publication publication) {
    queue.add(publication);
  }

  /** Forgets the answered ones at the head; they are answered nearly in order. */
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
