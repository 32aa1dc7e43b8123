package im.linnet.log.tail;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/**
 * The state of a tail: the needed partitions, their rings and filters, and the sinks by key. It has
 * neither a thread nor Kafka: {@link TailReader} feeds it and tasks use it, all on one thread.
 *
 * <p>A user has the same partition number in all streams that are keyed by the user, so these are
 * retained together. All partitions of the other streams are always tailed.
 */
public final class TailState {
  // In the order in which they came, so that the seed of a simulation decides everything.
  private final Map<StreamPartition, TailPartition> partitions = new LinkedHashMap<>();
  private final TailMeters meters;
  private final LongSupplier nanos;
  private final SipHash hash;
  private final PartitionDemand demand;
  private final RecordDispatch dispatch;

  /** Looks at records of one key. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes a record. Returns false to end the visit after it. */
    boolean visit(Decoded.Valid<? extends LogEvent> record);
  }

  /**
   * Begins with no records. It wants the streams that are not keyed by the user.
   *
   * @param catalogue the partition counts
   * @param settings bounds
   * @param random makes the key of the hashes; must not be guessable
   * @param nanos {@code System::nanoTime}
   * @param meters its meters
   */
  public TailState(
      TopicCatalogue catalogue,
      TailSettings settings,
      RandomGenerator random,
      LongSupplier nanos,
      TailMeters meters) {
    this.meters = meters;
    this.nanos = nanos;
    this.hash = SipHash.keyedBy(random);
    this.demand = new PartitionDemand(settings.linger().toNanos());
    this.dispatch =
        new RecordDispatch(partitions.values(), catalogue, settings, hash, nanos, meters);
    catalogue.partitions(Stream.SHARED).forEach(this::want);
  }

  // For sessions.

  /** Keeps the user partition tailed, until it was released as often as retained. */
  public void retain(int userPartition) {
    if (demand.retain(userPartition)) {
      for (Stream stream : Stream.OF_USERS) {
        want(new StreamPartition(stream, userPartition));
      }
    }
  }

  /** Takes back one {@link #retain}. The partition is kept for a while. */
  public void release(int userPartition) {
    demand.release(userPartition, nanos.getAsLong());
  }

  /** Whether the partition is retained, and its ring has begun and reached the log's end. */
  public boolean begun(StreamPartition partition) {
    TailPartition found = partitions.get(partition);
    return found != null && found.begun();
  }

  /**
   * Completes on the tail's thread once the ring of a retained partition has begun, at once if it
   * has begun already. Cancelled if the partition is dropped first.
   */
  public CompletableFuture<Void> whenBegun(StreamPartition partition) {
    return get(partition).whenBegun();
  }

  /** The next offset to dispatch, -1 if the partition has not begun. */
  public long next(StreamPartition partition) {
    TailPartition found = partitions.get(partition);
    return found != null && found.begun() ? found.next() : -1;
  }

  /** The offset from which on the ring is complete. Only for a partition that has begun. */
  public long ringStart(StreamPartition partition) {
    return begunPartition(partition).ring().start();
  }

  /**
   * Visits chosen records of the ring in offset order. It looks at a bounded number of records, so
   * that one call does not delay the others.
   *
   * @param from at or above {@link #ringStart}
   * @return the offset to go on at: {@link #next}, or {@code from} if that is higher, once all
   *     records are visited; the offset of a record that cannot be decoded, which has left the ring
   * @throws RuntimeException if the visitor throws it; the ring is as before
   */
  public long replay(StreamPartition partition, RecordChoice choice, long from, Visitor visitor) {
    TailPartition tailed = begunPartition(partition);
    Ring ring = tailed.ring();
    if (from < ring.start()) {
      throw new IllegalArgumentException(
          partition + "/" + from + " lies before the ring, which begins at " + ring.start());
    }
    return dispatch.replay(tailed, choice, from, visitor);
  }

  /** The choice of the records under one key. */
  public RecordChoice ofKey(byte[] key) {
    return new WantedKeys(hash).with(key);
  }

  /** The choice of the records under some keys. */
  public RecordChoice ofKeys(Iterable<byte[]> keys) {
    WantedKeys wanted = new WantedKeys(hash);
    keys.forEach(wanted::with);
    return wanted;
  }

  /**
   * Gives the next chosen records of every partition to the sink, under any key. It gets each
   * record before the sink of its key. For the few records that tell of keys.
   */
  public void watch(RecordChoice choice, RecordSink sink) {
    dispatch.watch(choice, sink);
  }

  /** Gives the next records under that key in a retained partition to the sink. */
  public void subscribe(StreamPartition partition, byte[] key, RecordSink sink) {
    if (get(partition).sinks().put(hash.hash(key), key.clone(), sink) != null) {
      throw new IllegalStateException(partition + ": a key has one sink");
    }
  }

  /** Removes the sink of a key. Returns whether there was one. */
  public boolean unsubscribe(StreamPartition partition, byte[] key) {
    TailPartition found = partitions.get(partition);
    return found != null && found.sinks().remove(hash.hash(key), key) != null;
  }

  /**
   * How far a view is from this tail, in all begun partitions.
   *
   * @param applied the next offset that the view will take in a partition
   */
  public ViewDistance distance(ToLongFunction<StreamPartition> applied) {
    return ViewDistance.of(partitions.values(), applied);
  }

  // For the driver.

  /** The needed partitions without a question for their begin. They count as asked from now on. */
  public List<StreamPartition> takeWanted() {
    List<StreamPartition> wanted = new ArrayList<>();
    for (TailPartition partition : partitions.values()) {
      if (partition.phase() == TailPartition.Phase.WANTED) {
        partition.asked();
        wanted.add(partition.id());
      }
    }
    return wanted;
  }

  /**
   * Begins an asked partition.
   *
   * @param from the first offset to read: 30 s before the start, for the filter
   * @param start the first offset of the ring
   * @param end the end of the log at the question; a session that came to the tail before that
   *     offset would get older records as live pushes, without back-pressure
   * @return false if the partition is not wanted any more, or has begun already
   */
  public boolean begin(StreamPartition partition, long from, long start, long end) {
    TailPartition found = partitions.get(partition);
    if (found == null || found.phase() != TailPartition.Phase.ASKED) {
      return false;
    }
    found.warm(Math.min(from, start), start, Math.max(start, end));
    return true;
  }

  /** Makes an asked partition wanted again: Kafka did not tell its begin. */
  public void askAgain(StreamPartition partition) {
    TailPartition found = partitions.get(partition);
    if (found != null && found.phase() == TailPartition.Phase.ASKED) {
      found.restart(dispatch.freshFilter());
    }
  }

  /** The partitions to read now. */
  public Collection<StreamPartition> reading() {
    List<StreamPartition> reading = new ArrayList<>(partitions.size());
    for (TailPartition partition : partitions.values()) {
      if (partition.reading()) {
        reading.add(partition.id());
      }
    }
    return reading;
  }

  /** The next offset to read. Only for a partition that is being read. */
  public long readFrom(StreamPartition partition) {
    return get(partition).next();
  }

  /** Takes the next record of a partition. Ignores a record that was seen before. */
  public void ingest(StreamPartition id, LogRecord record) {
    TailPartition partition = partitions.get(id);
    if (partition == null || !partition.reading() || record.offset() < partition.next()) {
      return;
    }
    dispatch.ingest(partition, record);
  }

  /** Notes that all of a partition below that offset was read, transaction markers too. */
  public void advance(StreamPartition id, long next) {
    TailPartition partition = partitions.get(id);
    if (partition != null && partition.reading()) {
      partition.reach(next);
    }
  }

  /** Begins a partition anew, since its next record was deleted from the log. Tells its sinks. */
  public void restart(StreamPartition id) {
    TailPartition partition = partitions.get(id);
    if (partition == null) {
      return;
    }
    meters.restarts.increment();
    dispatch.forget(partition);
    partition.restart(dispatch.freshFilter());
    dispatch.interruptWatches(id);
    List<RecordSink> interrupted = new ArrayList<>(partition.sinks().size());
    List<byte[]> keys = new ArrayList<>(partition.sinks().size());
    partition
        .sinks()
        .forEach(
            (key, sink) -> {
              keys.add(key);
              interrupted.add(sink);
            });
    keys.forEach(key -> partition.sinks().remove(hash.hash(key), key));
    interrupted.forEach(sink -> RecordDispatch.interrupt(id, sink));
  }

  /**
   * Drops partitions that no session has needed for the whole linger. Returns whether there were
   * any.
   */
  public boolean expire() {
    List<Integer> expired = demand.expire(nanos.getAsLong());
    for (int userPartition : expired) {
      for (Stream stream : Stream.OF_USERS) {
        TailPartition dropped = partitions.remove(new StreamPartition(stream, userPartition));
        if (dropped != null) {
          dispatch.forget(dropped);
          dropped.drop();
        }
      }
    }
    meters.partitions.set(partitions.size());
    return !expired.isEmpty();
  }

  /** Whether message identities were forgotten too early within the last minute. Any thread. */
  boolean filtersOverfull() {
    return dispatch.filtersOverfull();
  }

  /** Ends: cancels all waits for partitions. */
  void close() {
    partitions.values().forEach(TailPartition::drop);
  }

  private void want(StreamPartition partition) {
    partitions.put(partition, new TailPartition(partition, dispatch.freshFilter()));
    meters.partitions.set(partitions.size());
  }

  private TailPartition get(StreamPartition partition) {
    TailPartition found = partitions.get(partition);
    if (found == null) {
      throw new IllegalStateException(partition + " is not retained");
    }
    return found;
  }

  private TailPartition begunPartition(StreamPartition partition) {
    TailPartition found = get(partition);
    if (!found.begun()) {
      throw new IllegalStateException(partition + " has not begun, it is " + found.phase());
    }
    return found;
  }
}
