package im.linnet.persister.decide;

import im.linnet.log.group.TransientFailureException;
import im.linnet.records.RecordStore;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.ViewState;
import im.linnet.schemas.StreamPartition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Asks the store itself how far its view is: it may be a store that nobody announces. */
final class StoreProgress implements ViewProgress {
  /** Below the time in which Kafka takes a member of a group for dead. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long SHORTEST_MILLIS = 1;
  private static final long LONGEST_MILLIS = 20;

  private final RecordStore store;
  private final String logId;
  private final LongSupplier nanos;

  /**
   * @param logId the id of the log, which the view must be of
   * @param nanos {@code System::nanoTime}
   */
  StoreProgress(RecordStore store, String logId, LongSupplier nanos) {
    this.store = store;
    this.logId = logId;
    this.nanos = nanos;
  }

  @Override
  public void await(Map<StreamPartition, Long> ends) throws TransientFailureException {
    long deadline = nanos.getAsLong() + PATIENCE.toNanos();
    long pause = SHORTEST_MILLIS;
    Map<StreamPartition, Long> missing = new HashMap<>(ends);
    while (!missing.isEmpty()) {
      ViewState state = state();
      missing
          .entrySet()
          .removeIf(each -> state.next().getOrDefault(each.getKey(), 0L) >= each.getValue());
      if (missing.isEmpty()) {
        store.advance(state.storeTime());
        return;
      }
      if (nanos.getAsLong() - deadline >= 0) {
        throw new TransientFailureException(
            "the view lags behind the decider's own records in " + missing.keySet(),
            new TimeoutException());
      }
      pause(pause);
      pause = Math.min(2 * pause, LONGEST_MILLIS);
    }
  }

  private ViewState state() throws TransientFailureException {
    try {
      ViewState state = store.state();
      if (!state.logId().equals(logId)) {
        throw new StoreUnusableException("it holds the view of the log " + state.logId());
      }
      return state;
    } catch (StoreUnavailableException | StoreUnusableException e) {
      // The applier makes the view, or ends the process where there can be none.
      throw new TransientFailureException("the store cannot be read: " + e.getMessage(), e);
    }
  }

  private static void pause(long millis) throws TransientFailureException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFailureException("interrupted while waiting for the view", e);
    }
  }
}
