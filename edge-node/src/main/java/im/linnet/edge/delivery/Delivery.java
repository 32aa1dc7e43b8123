package im.linnet.edge.delivery;

import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One record on its way to the subscribers of one loop: the first {@code count} of an array, whose
 * elements up to there never change. Owned by the loop once it was handed over.
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final StreamPartition partition;
  private final Decoded.Valid<? extends LogEvent> record;
  private final byte[] frame;
  private final Subscriber[] subscribers;
  private final int count;
  private final PushListener told;
  private int pushed;

  Delivery(
      StreamPartition partition,
      Decoded.Valid<? extends LogEvent> record,
      byte[] frame,
      Subscriber[] subscribers,
      int count,
      PushListener told) {
    this.partition = partition;
    this.record = record;
    this.frame = frame;
    this.subscribers = subscribers;
    this.count = count;
    this.told = told;
  }

  /** The number of subscribers. */
  int count() {
    return count;
  }

  /** The size of its frame. */
  int bytes() {
    return frame.length;
  }

  /** Whether it is for exactly the subscribers of the other. */
  boolean isForThoseOf(Delivery other) {
    return subscribers == other.subscribers && count == other.count;
  }

  /** Pushes it to one of the subscribers, if that one wants it. */
  void push(int index) {
    Subscriber subscriber = subscribers[index];
    try {
      if (subscriber.wants(record) && subscriber.push(partition, record, frame)) {
        pushed++;
      }
    } catch (RuntimeException e) {
      LOG.error("{} could not be pushed {}", subscriber.session(), record.record().place(), e);
      told.misses(subscriber.session(), record.record().place() + " could not be pushed");
    }
  }

  /** Tells how many it was pushed to, once it was pushed to all. */
  void tell() {
    if (pushed > 0) {
      told.pushed(record.event().type(), pushed);
    }
  }
}
