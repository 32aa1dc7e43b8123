package im.linnet.log.tail;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the records of tailed partitions, keeps them in rings, hands them to the sinks of their
 * keys, and replays them from the rings later. If a mistake of ours throws at a record, its
 * sessions must resume, but the tail goes on. Owned by the tail's thread.
 */
final class RecordDispatch {
  private static final Logger LOG = LoggerFactory.getLogger(RecordDispatch.class);

  /** The most ring entries that one replay looks at. */
  private static final int REPLAY_SPAN = 1 << 16;

  private final Collection<TailPartition> partitions;
  private final RecordDecoder<? extends LogEvent> decoder;
  private final SipHash hash;
  private final TailMeters meters;
  private final RingBudget rings;
  private final FilterBudget filters;
  private final BrokenRecords brokenRecords;
  private final List<Watch> watches = new ArrayList<>();

  /** A sink of chosen records, whatever their keys. */
  private record Watch(RecordChoice choice, RecordSink sink) {}

  /**
   * @param partitions the tailed partitions; a live view
   * @param hash the hash of keys and identities
   */
  RecordDispatch(
      Collection<TailPartition> partitions,
      TopicCatalogue catalogue,
      TailSettings settings,
      SipHash hash,
      LongSupplier nanos,
      TailMeters meters) {
    this.partitions = partitions;
    this.decoder = RecordDecoder.ofStreams(catalogue);
    this.hash = hash;
    this.meters = meters;
    this.rings = new RingBudget(settings.ringBytes(), meters);
    this.filters = new FilterBudget(settings.filterBytes(), meters, nanos);
    this.brokenRecords = new BrokenRecords(meters, nanos);
  }

  /** An empty filter. */
  RecordFilter freshFilter() {
    return new RecordFilter(decoder, new DuplicateFilter(hash));
  }

  /** A partition loses its ring and its filter. */
  void forget(TailPartition partition) {
    rings.add(-partition.ring().bytes());
    filters.add(-partition.filter().identities().bytes());
  }

  /** Whether identities were forgotten too early within the last minute. Any thread. */
  boolean filtersOverfull() {
    return filters.overfull();
  }

  /** The next record of a partition that is read. */
  void ingest(TailPartition partition, LogRecord record) {
    meters.read.increment();
    partition.reach(record.offset());
    try {
      take(partition, record);
    } catch (RuntimeException e) {
      broken(partition, record, e);
    }
    partition.reach(record.offset() + 1);
  }

  private void take(TailPartition partition, LogRecord record) {
    RecordFilter filter = partition.filter();
    long before = filter.identities().bytes();
    try {
      if (record.offset() < partition.ring().start()) {
        filter.warm(record);
      } else {
        judge(partition, filter, record);
      }
    } finally {
      // Also if it throws: the budget gets back all bytes of the filter when the partition goes.
      filters.add(filter.identities().bytes() - before);
      filters.reached(record.timestamp());
      filters.enforce(partitions);
    }
  }

  private void judge(TailPartition partition, RecordFilter filter, LogRecord record) {
    switch (filter.judge(record, partition.ring()::at)) {
      case COUNTS -> keep(partition, record);
      case STALE -> meters.stale.increment();
      case DUPLICATE -> meters.duplicates.increment();
    }
  }

  /**
   * Passes over a record that was not taken in. Its sessions get it from the store when they come
   * back.
   */
  private void broken(TailPartition partition, LogRecord record, RuntimeException failure) {
    brokenRecords.tell(record, failure);
    if (partition.ring().at(record.offset()) == null) {
      loseRing(partition, record.offset());
    }
    byte[] key = record.key();
    if (key == null) {
      return;
    }
    int keyHash = hash.hash(key);
    for (Watch watch : watches) {
      if (watch.choice().takes(keyHash, record)) {
        interrupt(partition.id(), watch.sink());
      }
    }
    RecordSink sink = partition.sinks().remove(keyHash, key);
    if (sink != null) {
      interrupt(partition.id(), sink);
    }
  }

  /** The ring lacks that record, so it is complete only after it. */
  private void loseRing(TailPartition partition, long offset) {
    Ring ring = partition.ring();
    long before = ring.bytes();
    ring.beginAt(offset + 1);
    rings.add(ring.bytes() - before);
  }

  /** Tells a sink that it was removed. */
  static void interrupt(StreamPartition id, RecordSink sink) {
    try {
      sink.interrupted(id);
    } catch (RuntimeException e) {
      LOG.error("{}: sessions that have to resume could not be closed", id, e);
    }
  }

  private void keep(TailPartition partition, LogRecord record) {
    byte[] key = record.key();
    if (key == null) {
      return;
    }
    int keyHash = hash.hash(key);
    long before = partition.ring().bytes();
    partition.ring().append(keyHash, record);
    rings.add(partition.ring().bytes() - before);
    rings.enforce(partitions);
    for (Watch watch : watches) {
      if (watch.choice().takes(keyHash, record)
          && decoder.decode(record) instanceof Decoded.Valid<? extends LogEvent> valid) {
        watch.sink().take(valid);
      }
    }
    RecordSink sink = partition.sinks().get(keyHash, key);
    if (sink != null) {
      deliver(partition, record, sink);
    }
  }

  /** Adds a sink of the chosen records of all partitions. */
  void watch(RecordChoice choice, RecordSink sink) {
    watches.add(new Watch(choice, sink));
  }

  /** A partition begins anew. */
  void interruptWatches(StreamPartition id) {
    watches.forEach(watch -> interrupt(id, watch.sink()));
  }

  private void deliver(TailPartition partition, LogRecord record, RecordSink sink) {
    if (!(decoder.decode(record) instanceof Decoded.Valid<? extends LogEvent> valid)) {
      meters.malformed.increment();
      return;
    }
    // The ring need not decode it again when it forgets it.
    partition.ring().knowNewest();
    if (valid.event().isPushed()) {
      meters.delivered.increment();
      sink.take(valid);
    }
  }

  /**
   * Visits chosen records of the ring in offset order, and looks at a bounded number of records.
   *
   * @return the offset to go on at; see {@link TailState#replay}
   */
  long replay(TailPartition partition, RecordChoice choice, long from, TailState.Visitor visitor) {
    Ring ring = partition.ring();
    int index = ring.indexOf(from);
    int end = Math.min(ring.size(), index + REPLAY_SPAN);
    for (; index < end; index++) {
      LogRecord record = ring.get(index);
      if (!choice.takes(ring.keyHash(index), record)) {
        continue;
      }
      Decoded<? extends LogEvent> decoded;
      try {
        decoded = decoder.decode(record);
      } catch (RuntimeException e) {
        brokenRecords.tell(record, e);
        loseRing(partition, record.offset());
        return record.offset();
      }
      if (decoded instanceof Decoded.Valid<? extends LogEvent> valid
          && (valid.event().isPushed() || !choice.onlyPushed())
          && !visitor.visit(valid)) {
        return record.offset() + 1;
      }
    }
    return index < ring.size() ? ring.get(index).offset() : Math.max(from, partition.next());
  }
}
