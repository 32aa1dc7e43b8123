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
 * All that a tail knows: which partitions somebody needs, their rings and filters, and who gets the
 * records of which key. No thread, no Kafka: {@link TailReader} feeds it, tasks ask it, all on one
 * thread.
 *
 * <p>A user has one partition number in all streams that are keyed by the user, so these are
 * retained together. The other streams are always tailed, in all of their partitions.
 */
public final class TailState {
  // In the order of their coming, so that a simulation's seed decides everything.
  private final Map<StreamPartition, TailPartition> partitions = new LinkedHashMap<>();
  private final TailMeters meters;
  private final LongSupplier nanos;
  private final SipHash hash;
  private final PartitionDemand demand;
  private final RecordDispatch dispatch;

  /** Looks at records of one key. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes a record; false where this was the last one wanted for now. */
    boolean visit(Decoded.Valid<? extends LogEvent> record);
  }

  /**
   * Nothing is read yet; the streams that are not keyed by the user are wanted.
   *
   * @param catalogue how many partitions there are
   * @param settings bounds
   * @param random keys the hashes; one that nobody can guess
   * @param nanos {@code System::nanoTime}
   * @param meters where it counts
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

  /** Keeps the user partition tailed until it is released as often as it was retained. */
  public void retain(int userPartition) {
    if (demand.retain(userPartition)) {
      for (Stream stream : Stream.OF_USERS) {
        want(new StreamPartition(stream, userPartition));
      }
    }
  }

  /** Takes back one {@link #retain}; the partition lingers a while. */
  public void release(int userPartition) {
    demand.release(userPartition, nanos.getAsLong());
  }

  /** Whether the partition is retained, its ring has begun and has come to the log's end. */
  public boolean begun(StreamPartition partition) {
    TailPartition found = partitions.get(partition);
    return found != null && found.begun();
  }

  /**
   * Completes, on the tail's thread, once the ring of a retained partition has begun; at once where
   * it has. Cancelled where the partition is dropped first.
   */
  public CompletableFuture<Void> whenBegun(StreamPartition partition) {
    return get(partition).whenBegun();
  }

  /** The next offset that will be dispatched, -1 where the partition has not begun. */
  public long next(StreamPartition partition) {
    TailPartition found = partitions.get(partition);
    return found != null && found.begun() ? found.next() : -1;
  }

  /** The offset from which on the ring holds all; only of a partition that has begun. */
  public long ringStart(StreamPartition partition) {
    return begunPartition(partition).ring().start();
  }

  /**
   * Visits chosen records of the ring, in offset order. Looks at a bounded number of records, so
   * one call does not hold up the others.
   *
   * @param from at or above {@link #ringStart}
   * @return where to go on; {@link #next} (or {@code from}, where that is higher) once all has been
   *     seen; the place of a record that could not be decoded, which is not in the ring any more
   * @throws RuntimeException what the visitor throws; the ring is as it was
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

  /**
   * Visits the records of a key in the ring; see {@link #replay(StreamPartition, RecordChoice,
   * long, Visitor)}.
   */
  public long replay(StreamPartition partition, byte[] key, long from, Visitor visitor) {
    return replay(partition, ofKey(key), from, visitor);
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
   * From the next record on, the sink gets the chosen records of every partition, whatever their
   * keys, each before the sink of its key gets it. For the few records by which one learns of keys.
   */
  public void watch(RecordChoice choice, RecordSink sink) {
    dispatch.watch(choice, sink);
  }

  /** From the next record on, the sink gets what stands under that key in a retained partition. */
  public void subscribe(StreamPartition partition, byte[] key, RecordSink sink) {
    if (get(partition).sinks().put(hash.hash(key), key.clone(), sink) != null) {
      throw new IllegalStateException(partition + ": a key has one sink");
    }
  }

  /** The key's sink gets nothing more; true where there was one. */
  public boolean unsubscribe(StreamPartition partition, byte[] key) {
    TailPartition found = partitions.get(partition);
    return found != null && found.sinks().remove(hash.hash(key), key) != null;
  }

  /**
   * Records that this tail has read and a view does not hold yet, over all partitions that have
   * begun.
   *
   * @param applied the next offset that the view will take in a partition
   */
  public long lag(ToLongFunction<StreamPartition> applied) {
    long sum = 0;
    for (TailPartition partition : partitions.values()) {
      if (partition.begun()) {
        sum += Math.max(0, partition.next() - applied.applyAsLong(partition.id()));
      }
    }
    return sum;
  }

  // For the driver.

  /** The partitions that somebody needs and nobody has asked about; they count as asked now. */
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
   * Where an asked partition begins.
   *
   * @param from where to read from: 30 s before the start, for the filter
   * @param start where the ring begins
   * @param end where the log ended when this was asked; a session that came to the tail before it
   *     is reached would get what was there already as live pushes, without back-pressure
   * @return false where the partition is not wanted any more, or has begun already
   */
  public boolean begin(StreamPartition partition, long from, long start, long end) {
    TailPartition found = partitions.get(partition);
    if (found == null || found.phase() != TailPartition.Phase.ASKED) {
      return false;
    }
    found.warm(Math.min(from, start), start, Math.max(start, end));
    return true;
  }

  /** Kafka did not say where an asked partition begins: it is wanted again. */
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

  /** Where to read a partition from; only of one that is being read. */
  public long readFrom(StreamPartition partition) {
    return get(partition).next();
  }

  /** The next record of a partition. One that was seen before is ignored. */
  public void ingest(StreamPartition id, LogRecord record) {
    TailPartition partition = partitions.get(id);
    if (partition == null || !partition.reading() || record.offset() < partition.next()) {
      return;
    }
    dispatch.ingest(partition, record);
  }

  /** All of a partition below that offset has been read, transaction markers too. */
  public void advance(StreamPartition id, long next) {
    TailPartition partition = partitions.get(id);
    if (partition != null && partition.reading()) {
      partition.reach(next);
    }
  }

  /** A partition's place is gone from the log: it begins anew, its sinks are told. */
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

  /** Drops what nobody has needed for the whole linger; true where there was something. */
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

  /**
   * Whether message identities had to be forgotten too early within the last minute. Any thread.
   */
  boolean filtersOverfull() {
    return dispatch.filtersOverfull();
  }

  /** The tail ends: what waits for it is cancelled. */
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
