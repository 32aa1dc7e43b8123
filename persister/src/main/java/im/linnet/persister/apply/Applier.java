package im.linnet.persister.apply;

import im.linnet.log.Callbacks;
import im.linnet.log.LogPartition;
import im.linnet.records.RecordPlan;
import im.linnet.records.RecordPlanner;
import im.linnet.records.RecordWriter;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a batch of the log to the view: judge, dead-letter, plan, write. One thread at a time.
 *
 * <p>Guarantee: when {@link #apply} returns, every record of the batch is in the view or durably in
 * the dead letters, and the view's position is after it. If it throws, nothing is promised, and the
 * same batch again completes it. A repeated batch is judged only once. Of its dead letters only
 * those without an acknowledgement are written again; these may then stand there twice. The same
 * holds for all dead letters of a batch after a crash, or after the partition has moved to another
 * persister.
 */
public final class Applier {
  private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

  /** The begin of the error of a dead letter that a rebuild with a newer version takes in. */
  private static final String UNKNOWN = "unknown to this version, rebuild with a newer one: ";

  private final LogJudge judge;
  private final RecordWriter store;
  private final DeadLetterBox deadLetters;
  private final ApplyMeters meters;
  private @Nullable Judged judged;

  /** The places of durable dead letters whose batch is not in the view yet. */
  private final Set<String> buried = new HashSet<>();

  /** Per partition the offset below which every dead letter was durable once. */
  private final Map<LogPartition, Long> buriedBelow = new HashMap<>();

  /** A batch with its judgement and its plan. */
  private record Judged(List<LogRecord> records, Judgement judgement, RecordPlan plan) {}

  public Applier(
      LogJudge judge, RecordWriter store, DeadLetterBox deadLetters, ApplyMeters meters) {
    this.judge = judge;
    this.store = store;
    this.deadLetters = deadLetters;
    this.meters = meters;
  }

  /**
   * Sets the offsets below which dead letters are not written again, for a view that is built anew.
   *
   * @param next per partition an offset below which every record was once applied to a view of this
   *     log, with its dead letters
   */
  public void buriedBelow(Map<LogPartition, Long> next) {
    buriedBelow.putAll(next);
  }

  /** Forgets partitions that begin at the view's offset now, or that another persister has. */
  public void forget(Set<LogPartition> partitions) {
    judge.forget(partitions);
  }

  /**
   * Applies a batch.
   *
   * @param records in the order of each partition; empty if only transaction markers were passed
   * @param from per partition of the batch the first offset
   * @param next per partition of the batch the next offset
   * @return the store's causal time after the write; null if the store has none
   * @throws im.linnet.records.StoreUnusableException if the view ends before the begin of the batch
   * @throws im.linnet.records.StoreUnavailableException if the store does not take the batch now
   * @throws im.linnet.log.LogUnavailableException if the log does not answer a look back now
   * @throws DeadLetterException if a dead letter could not be written now
   */
  public @Nullable String apply(
      List<LogRecord> records, Map<StreamPartition, Long> from, Map<StreamPartition, Long> next)
      throws DeadLetterException {
    try {
      Judged batch = judge(records, next);
      bury(batch.judgement());
      String storeTime = store.apply(batch.plan().beginningAt(from));
      meters.passed(records.size(), batch.judgement());
      judged = null;
      buried.clear();
      return storeTime;
    } catch (DeadLetterException | RuntimeException e) {
      meters.refused();
      throw e;
    }
  }

  private Judged judge(List<LogRecord> records, Map<StreamPartition, Long> next) {
    Judged before = judged;
    if (before != null && before.records().equals(records) && before.plan().next().equals(next)) {
      return before;
    }
    Judgement judgement = judge.judge(records);
    List<Decoded.Unknown<InboxEvent>> unknown = judgement.unknown();
    if (!unknown.isEmpty()) {
      LOG.warn(
          "{} records of a newer version are not in the view, from {} (ce_type '{}') on: upgrade,"
              + " then rebuild",
          unknown.size(),
          unknown.getFirst().record().place(),
          unknown.getFirst().type());
    }
    Judged batch = new Judged(records, judgement, RecordPlanner.plan(judgement.valid(), next));
    judged = batch;
    return batch;
  }

  private void bury(Judgement judgement) throws DeadLetterException {
    Map<String, CompletableFuture<?>> letters = new HashMap<>();
    for (Decoded.Malformed<InboxEvent> record : judgement.malformed()) {
      bury(letters, record.record(), record.reason());
    }
    for (Decoded.Unknown<InboxEvent> record : judgement.unknown()) {
      bury(letters, record.record(), UNKNOWN + record.type());
    }
    try {
      CompletableFuture.allOf(letters.values().toArray(CompletableFuture[]::new)).join();
      buried.addAll(letters.keySet());
    } catch (CompletionException | CancellationException e) {
      letters.values().removeIf(CompletableFuture::isCompletedExceptionally);
      buried.addAll(letters.keySet());
      throw new DeadLetterException("a record could not be dead-lettered", Callbacks.cause(e));
    }
  }

  private void bury(Map<String, CompletableFuture<?>> letters, LogRecord record, String reason) {
    String place = record.place();
    LogPartition partition = new LogPartition(record.topic(), record.partition());
    boolean before = record.offset() < buriedBelow.getOrDefault(partition, 0L);
    if (!before && !buried.contains(place)) {
      LOG.warn("to the dead letters {}: {}", place, reason);
      letters.put(place, deadLetters.put(record, reason));
    }
  }
}
