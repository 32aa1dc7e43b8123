package im.linnet.persister.apply;

import im.linnet.log.LogPartition;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.group.BatchHandler;
import im.linnet.log.group.TransientFailureException;
import im.linnet.records.RecordStore;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.ViewState;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs the applier in its group: it begins at the view's offsets, applies, and announces. Called on
 * the loop's thread only.
 */
public final class ApplyHandler implements BatchHandler {
  /** Told the applied offsets of the view. Must not block. */
  public interface Announcements {
    /**
     * These offsets of the view are durable.
     *
     * @param view the view's id
     * @param next the next offset that the view will take, for each partition of this persister
     *     that moved or is new
     * @param storeTime the store's causal time, null if it has none
     */
    void applied(String view, Map<StreamPartition, Long> next, @Nullable String storeTime);

    /** Another persister announces these partitions from now on. */
    void released(Set<StreamPartition> partitions);
  }

  private final RecordStore store;
  private final String logId;
  private final Applier applier;
  private final Announcements announcements;
  private final Consumer<ViewState> guard;
  private final Map<StreamPartition, Long> positions = new HashMap<>();
  private @Nullable String view;

  /**
   * @param logId the id of the log; the view must be of it
   * @param guard throws if an opened view is unfit
   */
  public ApplyHandler(
      RecordStore store,
      String logId,
      Applier applier,
      Announcements announcements,
      Consumer<ViewState> guard) {
    this.store = store;
    this.logId = logId;
    this.applier = applier;
    this.announcements = announcements;
    this.guard = guard;
  }

  @Override
  public void handledBefore(Map<LogPartition, Long> next) {
    applier.buriedBelow(next);
  }

  @Override
  public Map<LogPartition, Long> positions(Set<LogPartition> partitions)
      throws TransientFailureException {
    ViewState state = openView();
    view = state.id();
    Map<LogPartition, Long> starts = new HashMap<>();
    Map<StreamPartition, Long> given = new HashMap<>();
    for (LogPartition partition : partitions) {
      StreamPartition place = stream(partition);
      long next = state.next().getOrDefault(place, 0L);
      starts.put(partition, next);
      given.put(place, next);
    }
    applier.forget(partitions);
    positions.putAll(given);
    announcements.applied(state.id(), given, state.storeTime());
    return starts;
  }

  @Override
  public void handle(List<LogRecord> records, Map<LogPartition, Long> next)
      throws TransientFailureException {
    String viewNow = view;
    if (viewNow == null) {
      throw new IllegalStateException("records before any position");
    }
    Map<StreamPartition, Long> from = new HashMap<>();
    Map<StreamPartition, Long> reached = new HashMap<>();
    next.forEach(
        (partition, offset) -> {
          StreamPartition place = stream(partition);
          Long begin = positions.get(place);
          if (begin == null) {
            throw new IllegalStateException("records of " + partition + " before its position");
          }
          from.put(place, begin);
          reached.put(place, offset);
        });
    try {
      String storeTime = applier.apply(records, from, reached);
      positions.putAll(reached);
      announcements.applied(viewNow, reached, storeTime);
    } catch (StoreUnavailableException | LogUnavailableException | DeadLetterException e) {
      throw new TransientFailureException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void revoked(Set<LogPartition> partitions) {
    Set<StreamPartition> gone =
        partitions.stream().map(ApplyHandler::stream).collect(Collectors.toUnmodifiableSet());
    positions.keySet().removeAll(gone);
    applier.forget(partitions);
    announcements.released(gone);
  }

  /** Opens a store that did not answer at the start, or that was made anew. */
  private ViewState openView() throws TransientFailureException {
    try {
      ViewState state = store.open(logId);
      guard.accept(state);
      return state;
    } catch (LogUnavailableException e) {
      throw new TransientFailureException("Kafka is away: " + e.getMessage(), e);
    } catch (StoreUnavailableException e) {
      throw new TransientFailureException("the store is away: " + e.getMessage(), e);
    }
  }

  private static StreamPartition stream(LogPartition partition) {
    StreamPartition place = partition.place();
    if (place == null) {
      throw new IllegalArgumentException(partition + " belongs to no stream");
    }
    return place;
  }
}
