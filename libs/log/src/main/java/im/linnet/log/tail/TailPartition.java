package im.linnet.log.tail;

import im.linnet.schemas.StreamPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One tailed partition: its phase and next offset, its ring, its filter and its sinks.
 *
 * <table>
 * <caption>Phases</caption>
 * <tr><th>from</th><th>to</th><th>by</th></tr>
 * <tr><td>WANTED</td><td>ASKED</td><td>{@link #asked}: Kafka is asked for the begin</td></tr>
 * <tr><td>ASKED</td><td>WANTED</td><td>{@link #restart}: it did not answer</td></tr>
 * <tr><td>ASKED</td><td>WARMING</td><td>{@link #warm}: older records are read, for the filter, then for the ring</td></tr>
 * <tr><td>WARMING</td><td>BEGUN</td><td>{@link #reach}: the end of the log at the begin is reached</td></tr>
 * <tr><td>any</td><td>WANTED</td><td>{@link #restart}: its next record was deleted from the log</td></tr>
 * </table>
 */
final class TailPartition {
  private final StreamPartition id;
  private final KeyTable<RecordSink> sinks = new KeyTable<>();
  private final List<CompletableFuture<Void>> waiters = new ArrayList<>();
  private Phase phase = Phase.WANTED;
  private RecordFilter filter;
  private Ring ring;
  private long next = -1;
  private long end;

  enum Phase {
    WANTED,
    ASKED,
    WARMING,
    BEGUN
  }

  TailPartition(StreamPartition id, RecordFilter filter) {
    this.id = id;
    this.filter = filter;
    this.ring = new Ring(0, filter::settle);
  }

  StreamPartition id() {
    return id;
  }

  Phase phase() {
    return phase;
  }

  boolean begun() {
    return phase == Phase.BEGUN;
  }

  boolean reading() {
    return phase == Phase.WARMING || phase == Phase.BEGUN;
  }

  Ring ring() {
    return ring;
  }

  RecordFilter filter() {
    return filter;
  }

  KeyTable<RecordSink> sinks() {
    return sinks;
  }

  /** The next offset to read. */
  long next() {
    return next;
  }

  void asked() {
    require(Phase.WANTED);
    phase = Phase.ASKED;
  }

  /**
   * Begins to read at {@code from}. The ring begins at {@code start}. Sessions may follow once
   * {@code end} is reached.
   */
  void warm(long from, long start, long logEnd) {
    require(Phase.ASKED);
    phase = Phase.WARMING;
    ring = new Ring(start, filter::settle);
    next = from;
    end = logEnd;
    reach(from);
  }

  /** Notes that all records below that offset were read. */
  void reach(long offset) {
    next = Math.max(next, offset);
    if (phase == Phase.WARMING && next >= end) {
      phase = Phase.BEGUN;
      List<CompletableFuture<Void>> reached = List.copyOf(waiters);
      waiters.clear();
      reached.forEach(each -> each.complete(null));
    }
  }

  /** Forgets its place. The caller tells the sinks. */
  void restart(RecordFilter fresh) {
    phase = Phase.WANTED;
    filter = fresh;
    ring = new Ring(0, fresh::settle);
    next = -1;
  }

  CompletableFuture<Void> whenBegun() {
    if (begun()) {
      return CompletableFuture.completedFuture(null);
    }
    waiters.removeIf(CompletableFuture::isDone);
    CompletableFuture<Void> waiter = new CompletableFuture<>();
    waiters.add(waiter);
    return waiter;
  }

  /** Cancels the waits for it: no session needs it any more. */
  void drop() {
    waiters.forEach(each -> each.cancel(false));
    waiters.clear();
  }

  private void require(Phase expected) {
    if (phase != expected) {
      throw new IllegalStateException(id + " is " + phase + ", not " + expected);
    }
  }
}
