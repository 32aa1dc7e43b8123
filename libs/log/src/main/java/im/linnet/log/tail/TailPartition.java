package im.linnet.log.tail;

import im.linnet.schemas.StreamPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One tailed partition: where its tail stands, its ring, its filter and who wants its records.
 *
 * <table>
 * <caption>Phases</caption>
 * <tr><th>from</th><th>to</th><th>by</th></tr>
 * <tr><td>WANTED</td><td>ASKED</td><td>{@link #asked}: Kafka is asked where to begin</td></tr>
 * <tr><td>ASKED</td><td>WANTED</td><td>{@link #restart}: it did not answer</td></tr>
 * <tr><td>ASKED</td><td>WARMING</td><td>{@link #warm}: reading what was there already: for the
 *     filter, then for the ring</td></tr>
 * <tr><td>WARMING</td><td>BEGUN</td><td>{@link #reach}: what was the log's end is reached</td></tr>
 * <tr><td>any</td><td>WANTED</td><td>{@link #restart}: its place is gone from the log</td></tr>
 * </table>
 */
final class TailPartition {
  private final StreamPartition id;
  private final KeyTable<RecordSink> sinks = new KeyTable<>();
  private final List<CompletableFuture<Void>> waiters = new ArrayList<>();
  private Phase phase = Phase.WANTED;
  private RecordFilter filter;
  private Ring ring = new Ring(0);
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

  /** The next offset that is wanted from the log. */
  long next() {
    return next;
  }

  void asked() {
    require(Phase.WANTED);
    phase = Phase.ASKED;
  }

  /**
   * Begins to read at {@code from}; the ring begins at {@code start}, and once {@code end} is
   * reached sessions may follow.
   */
  void warm(long from, long start, long logEnd) {
    require(Phase.ASKED);
    phase = Phase.WARMING;
    ring = new Ring(start);
    next = from;
    end = logEnd;
    reach(from);
  }

  /** All below that offset has been read. */
  void reach(long offset) {
    next = Math.max(next, offset);
    if (phase == Phase.WARMING && next >= end) {
      phase = Phase.BEGUN;
      List<CompletableFuture<Void>> reached = List.copyOf(waiters);
      waiters.clear();
      reached.forEach(each -> each.complete(null));
    }
  }

  /** Forgets where it stands; the caller tells the sinks. */
  void restart(RecordFilter fresh) {
    phase = Phase.WANTED;
    filter = fresh;
    ring = new Ring(0);
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

  /** Nobody wants it any more, so nothing that waits for it will come. */
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
