package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import im.linnet.records.RecordPlan;
import im.linnet.records.RecordWriter;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.ViewState;
import im.linnet.schemas.StreamPartition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a view's collections anew beside the old ones, from the log, and puts them in their place.
 * A rebuild that was cut short is continued, also in the middle of {@link #swap}. If the view has
 * gone beyond such a swap since, it is given up, and all begins anew. The view keeps its id;
 * presence fields and {@code kvs} are not touched. The persisters must be stopped meanwhile; edges
 * need not.
 *
 * <p>Use: apply the log from {@link #state}{@code ().next()} on until {@link #isComplete}, then
 * {@link #swap}. The digests of the store before and after are equal if the old view held exactly
 * {@link #goal}.
 */
public final class MongoRebuild implements RecordWriter {
  private static final String SUFFIX = "_rebuild";
  private static final String NO_VIEW = "there is no view in this database";

  private final CausalSessions sessions;
  private final MongoTables tables;
  private final ViewDocument live;
  private final ViewDocument building;
  private final PlanWriter writer;

  MongoRebuild(CausalSessions sessions, MongoDatabase database) {
    this.sessions = sessions;
    this.tables = new MongoTables(database, SUFFIX);
    this.live = new ViewDocument(database, ViewDocument.LIVE);
    this.building = new ViewDocument(database, ViewDocument.REBUILD);
    this.writer =
        new PlanWriter(
            sessions, ChangeWriters.of(tables, ReaderProjection.Bounds.DEFAULT), building);
  }

  /** Begins, or goes on with the rebuild that another process began. */
  MongoRebuild open(ViewState view) {
    return MongoFailures.call(
        () -> {
          try (ClientSession session = sessions.start()) {
            ViewState begun = building.find(session);
            if (begun == null || !isOfUse(session, begun, view)) {
              building.delete(session);
              tables.drop();
              tables.create();
              building.create(session, view.id(), view.logId());
            } else if (!building.isSwapping(session)) {
              // The version that began it may have had fewer indexes.
              tables.create();
            }
            return this;
          }
        });
  }

  /**
   * Whether a rebuild that was begun can be continued. In the middle of a swap some of the
   * collections are the view's own by now: those that are left may take their place only while they
   * hold all that the view has come to.
   */
  private boolean isOfUse(ClientSession session, ViewState begun, ViewState view) {
    if (!begun.id().equals(view.id()) || !building.hasForm(session)) {
      return false;
    }
    return building.isSwapping(session) ? holds(begun.next(), view.next()) : tables.areThere();
  }

  private static boolean holds(Map<StreamPartition, Long> one, Map<StreamPartition, Long> other) {
    return other.entrySet().stream()
        .allMatch(each -> one.getOrDefault(each.getKey(), 0L) >= each.getValue());
  }

  @Override
  public @Nullable String apply(RecordPlan plan) {
    return writer.apply(plan);
  }

  /** Once the swap has begun, nothing is left: it begins after all else is done. */
  @Override
  public boolean carryOn() {
    return !isSwapping() && writer.carryOn();
  }

  private boolean isSwapping() {
    return MongoFailures.call(
        () -> {
          try (ClientSession session = sessions.start()) {
            return building.isSwapping(session);
          }
        });
  }

  /** The state of the new collections. */
  @Override
  public ViewState state() {
    return find(building, "there is no rebuild under way");
  }

  /** The positions of the old view, which the new one has to reach. */
  public Map<StreamPartition, Long> goal() {
    return find(live, NO_VIEW).next();
  }

  /** Whether the new collections hold all that the old ones did. */
  public boolean isComplete() {
    return holds(state().next(), goal());
  }

  /**
   * Puts the new collections in the place of the old ones, and the view at their position. Each
   * collection is swapped at once; a reader in the middle of a page of it is told to come again,
   * and a persister that was started or woke meanwhile is refused until all are.
   *
   * @throws IllegalStateException if the rebuild is not complete
   * @throws StoreUnusableException if the view was written to in this moment; it stays as it is
   */
  public void swap() {
    MongoFailures.call(
        () -> {
          try (ClientSession session = sessions.start()) {
            Map<StreamPartition, Long> reached = state().next();
            ViewDocument.Standing old = live.standing(session);
            if (!holds(reached, old.next())) {
              throw new IllegalStateException(
                  "the rebuild has not reached every offset of the old view");
            }
            live.beginSwap(session, old);
            building.markSwapping(session);
            tables.swapIn();
            live.endSwap(session, reached);
            building.delete(session);
            return true;
          }
        });
  }

  private ViewState find(ViewDocument document, String otherwise) {
    return MongoFailures.call(
        () -> {
          try (ClientSession session = sessions.start()) {
            ViewState found = document.find(session);
            if (found == null) {
              throw new StoreUnusableException(otherwise);
            }
            return found;
          }
        });
  }
}
