package im.linnet.edge.attach;

import im.linnet.edge.config.AttachSettings;
import im.linnet.edge.delivery.TopicMembership;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.tail.LogScanner;
import im.linnet.log.tail.LogScanner.Scan;
import im.linnet.log.tail.RecordChoice;
import im.linnet.log.tail.Tail;
import im.linnet.log.tail.TailState;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Passes over the log itself, one at a time for each partition. A pass is for all sessions that
 * wait when it begins. Owned by the tail's thread; workers read.
 */
final class LogPasses {
  private static final RecordChoice JOINS = RecordChoice.ofTypes(TopicMembership.JOINS);

  private final RecordDecoder<? extends LogEvent> decoder;
  private final LogScanner scanner;
  private final Tail tail;
  private final Executor workers;
  private final AttachMeters meters;
  private final int sync;
  private final long scanRecords;
  private final Map<StreamPartition, Batch> next = new HashMap<>();
  private final Set<StreamPartition> running = new HashSet<>();

  /** The sessions that wait for the next pass. */
  private static final class Batch {
    final Set<String> keys = new HashSet<>();
    final Set<String> users = new HashSet<>();
    final CompletableFuture<Pass> result = new CompletableFuture<>();
    long from = Long.MAX_VALUE;
  }

  /**
   * The result of a pass.
   *
   * @param scan the records, as many as the memory bound allows
   * @param to the planned end, exclusive; it lies in the ring as the ring was when the pass began
   * @param behind per key the number of records between the two, counted up to {@code sync}
   */
  record Pass(Scan scan, long to, Map<String, Integer> behind) {}

  /**
   * None yet.
   *
   * @param settings the bound of a pass, and the most records that a session gets, since more need
   *     not be counted
   */
  LogPasses(
      RecordDecoder<? extends LogEvent> decoder,
      LogScanner scanner,
      Tail tail,
      Executor workers,
      AttachMeters meters,
      AttachSettings settings) {
    this.decoder = decoder;
    this.sync = settings.sync();
    this.scanRecords = settings.scanRecords();
    this.scanner = scanner;
    this.tail = tail;
    this.workers = workers;
    this.meters = meters;
  }

  /**
   * Joins the next pass over a partition that has begun.
   *
   * @param user the session's user, who may be let into further topics by what the pass meets
   * @param from where it has to begin, or below
   * @return completes on the tail's thread with what lies before the ring and in a part of it, or
   *     fails
   */
  CompletableFuture<Pass> join(TailState state, PartitionCursor cursor, String user, long from) {
    StreamPartition partition = cursor.partition();
    Batch batch = next.computeIfAbsent(partition, each -> new Batch());
    batch.keys.addAll(cursor.keys(cursor.place()));
    batch.users.add(user);
    batch.from = Math.min(batch.from, from);
    if (running.add(partition)) {
      start(state, partition);
    }
    return batch.result;
  }

  private void start(TailState state, StreamPartition partition) {
    Batch batch = next.remove(partition);
    if (batch == null) {
      running.remove(partition);
      return;
    }
    if (!state.begun(partition)) {
      finish(state, partition, batch, null, unavailable(partition, "its tail begins anew"));
      return;
    }
    long to = end(state, partition, batch.from);
    meters.logPasses.increment();
    try {
      workers.execute(() -> scan(partition, batch, to));
    } catch (RejectedExecutionException e) {
      finish(state, partition, batch, null, e);
    }
  }

  /**
   * The middle of the ring, as far as a pass may read. The begin of a full ring moves with each new
   * record, so a pass up to the present begin would always end before the ring. Half the ring is
   * the time to read and to send. A pass without room for that ends at the begin of the ring, and
   * leaves little for the next one.
   */
  private long end(TailState state, StreamPartition partition, long from) {
    long start = state.ringStart(partition);
    long next = state.next(partition);
    long half = next - (next - start) / 2;
    return Math.max(start, Math.min(half, from + scanRecords));
  }

  private void scan(StreamPartition partition, Batch batch, long to) {
    Pass found = null;
    RuntimeException failure = null;
    try {
      Scan scan = scanner.scan(partition, batch.from, to, wanted(partition, batch));
      found = new Pass(scan, to, behind(partition, batch, scan.next(), to));
    } catch (RuntimeException e) {
      failure = e;
    }
    Pass result = found;
    RuntimeException reason = failure;
    tail.execute(state -> finish(state, partition, batch, result, reason));
  }

  private LogScanner.Wanted wanted(StreamPartition partition, Batch batch) {
    Set<String> users = Set.copyOf(batch.users);
    return partition.stream().keyedByUser()
        ? LogScanner.Wanted.ofKeys(batch.keys)
        : new LogScanner.Wanted(batch.keys, record -> letsInOneOf(users, record));
  }

  private boolean letsInOneOf(Set<String> users, LogRecord record) {
    return JOINS.takes(0, record)
        && decoder.decode(record) instanceof Decoded.Valid<? extends LogEvent> valid
        && TopicMembership.letIn(valid.event()).stream().anyMatch(users::contains);
  }

  /** Reads on without keeping anything. So many offsets hold no more records than that. */
  private Map<String, Integer> behind(StreamPartition partition, Batch batch, long from, long to) {
    Map<String, Integer> counts = new HashMap<>();
    Set<String> keys = to - batch.from > sync ? new HashSet<>(batch.keys) : Set.of();
    long at = from;
    while (at < to && !keys.isEmpty()) {
      Scan more = scanner.scan(partition, at, to, LogScanner.Wanted.ofKeys(keys));
      more.records()
          .forEach(
              (key, records) -> {
                if (counts.merge(key, count(records), Integer::sum) >= sync) {
                  keys.remove(key);
                }
              });
      at = more.next();
    }
    return counts;
  }

  private int count(List<LogRecord> records) {
    int count = 0;
    for (LogRecord record : records) {
      if (decoder.decode(record) instanceof Decoded.Valid<? extends LogEvent>) {
        count++;
      }
    }
    return count;
  }

  private void finish(
      TailState state,
      StreamPartition partition,
      Batch batch,
      @Nullable Pass found,
      @Nullable RuntimeException failure) {
    if (found != null) {
      batch.result.complete(found);
    } else {
      batch.result.completeExceptionally(
          failure == null ? unavailable(partition, "nothing was found") : failure);
    }
    start(state, partition);
  }

  private static LogUnavailableException unavailable(StreamPartition partition, String why) {
    return new LogUnavailableException(
        "pass over " + partition + ": " + why, new IllegalStateException(why));
  }
}
