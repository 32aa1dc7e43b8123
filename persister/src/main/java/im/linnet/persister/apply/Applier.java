package im.linnet.persister.apply;

import im.linnet.records.RecordPlan;
import im.linnet.records.RecordPlanner;
import im.linnet.records.RecordWriter;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.RecordDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * the dead letters, and the view's position is behind it. Where it throws nothing is promised, and
 * the same batch again completes it. A batch that is tried again is judged once, and its dead
 * letters are written once; after a crash they may stand there twice.
 */
public final class Applier {
  private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

  /** Begins the error of a dead letter that is not to be driven again: a rebuild takes it in. */
  private static final String UNKNOWN = "unknown to this version, rebuild with a newer one: ";

  private final RecordDecoder decoder;
  private final RecordWriter store;
  private final DeadLetterBox deadLetters;
  private final ApplierCounters counters;
  private @Nullable Prepared prepared;

  /** A batch whose dead letters are durable. */
  private record Prepared(List<LogRecord> records, Judgement judgement, RecordPlan plan) {}

  public Applier(
      RecordDecoder decoder,
      RecordWriter store,
      DeadLetterBox deadLetters,
      ApplierCounters counters) {
    this.decoder = decoder;
    this.store = store;
    this.deadLetters = deadLetters;
    this.counters = counters;
  }

  /**
   * Applies a batch.
   *
   * @param records in the order of each partition; none where only transaction markers were passed
   * @param from per partition of the batch the offset where it begins
   * @param next per partition of the batch the offset where the applier goes on
   * @return the store's causal time after the write; null where the store has none
   * @throws im.linnet.records.StoreUnusableException if the view does not reach the batch's begin
   * @throws im.linnet.records.StoreUnavailableException if the store does not take it now
   * @throws DeadLetterException if a dead letter could not be kept now
   */
  public @Nullable String apply(
      List<LogRecord> records, Map<StreamPartition, Long> from, Map<StreamPartition, Long> next)
      throws DeadLetterException {
    try {
      Prepared batch = prepare(records, next);
      String storeTime = store.apply(batch.plan().beginningAt(from));
      counters.passed(records.size(), batch.judgement());
      prepared = null;
      return storeTime;
    } catch (DeadLetterException | RuntimeException e) {
      counters.refused();
      throw e;
    }
  }

  private Prepared prepare(List<LogRecord> records, Map<StreamPartition, Long> next)
      throws DeadLetterException {
    Prepared before = prepared;
    if (before != null && before.records().equals(records) && before.plan().next().equals(next)) {
      return before;
    }
    Judgement judgement = Judgement.of(decoder, records);
    bury(judgement);
    Prepared batch = new Prepared(records, judgement, RecordPlanner.plan(judgement.valid(), next));
    prepared = batch;
    return batch;
  }

  private void bury(Judgement judgement) throws DeadLetterException {
    List<CompletableFuture<?>> kept = new ArrayList<>();
    for (Decoded.Malformed record : judgement.malformed()) {
      LOG.warn(
          "malformed record to the dead letters {}: {}", record.record().place(), record.reason());
      kept.add(deadLetters.put(record.record(), record.reason()));
    }
    List<Decoded.Unknown> unknown = judgement.unknown();
    if (!unknown.isEmpty()) {
      LOG.warn(
          "{} records of a newer version are not in the view, from {} (ce_type '{}') on: upgrade,"
              + " then rebuild",
          unknown.size(),
          unknown.getFirst().record().place(),
          unknown.getFirst().type());
    }
    for (Decoded.Unknown record : unknown) {
      kept.add(deadLetters.put(record.record(), UNKNOWN + record.type()));
    }
    try {
      CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException | CancellationException e) {
      throw new DeadLetterException("a record could not be dead-lettered", e);
    }
  }
}
