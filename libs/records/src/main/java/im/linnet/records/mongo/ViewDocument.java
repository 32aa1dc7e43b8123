package im.linnet.records.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.ViewState;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.document.View;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * A view's own document: which view it is, of which log, and how far. Positions are only ever
 * raised, so a paused writer that comes back moves none of them. They are raised only in the view
 * that a plan began with, and only without a gap.
 */
final class ViewDocument {
  /** The view that everybody reads. */
  static final String LIVE = "view";

  /** The one that a rebuild is making. */
  static final String REBUILD = "rebuild";

  /**
   * The form of the collections: 1 kept messages by identity, and each of them twice; 2 had no
   * conversations, and its index by identity was led by the recipient.
   */
  private static final int FORM = 3;

  private static final String REPLACED =
      "the view was replaced while a batch was written to it: restart to go on where it is now";

  private final MongoCollection<BsonDocument> collection;
  private final String id;

  ViewDocument(MongoDatabase database, String id) {
    this.collection =
        database
            .getCollection(View.COLLECTION, BsonDocument.class)
            .withReadConcern(ReadConcern.MAJORITY)
            .withWriteConcern(MongoTables.durable(database.getWriteConcern()));
    this.id = id;
  }

  /**
   * Which collections a plan is written to.
   *
   * @param view the view's id
   * @param generation see {@link View#GENERATION}
   */
  record Edition(String view, long generation) {}

  /**
   * The positions of a view at one moment.
   *
   * @param next per partition the next offset for the applier
   * @param document the same, as it was found
   */
  record Standing(Map<StreamPartition, Long> next, BsonDocument document) {}

  /** The view's state; null for none. */
  @Nullable ViewState find(ClientSession session) {
    BsonDocument found = read(session);
    return found == null ? null : state(session, found);
  }

  /**
   * The edition that a plan is about to be written to.
   *
   * @param from the begin of the plan
   * @throws StoreUnusableException if there is no view, or it is not that far, or a rebuild is
   *     being swapped in
   */
  Edition edition(ClientSession session, Map<StreamPartition, Long> from) {
    BsonDocument found = require(session);
    if (isSwapping(found)) {
      throw new StoreUnusableException(
          "a rebuild is being swapped in: where none is running, run it again to finish it");
    }
    ViewState state = state(session, found);
    state.requireNoGap(from);
    return new Edition(state.id(), found.getInt64(View.GENERATION, new BsonInt64(0)).getValue());
  }

  /**
   * Checks that the collections of a view have the form that this version reads. Without a view
   * there is nothing to check.
   *
   * @throws StoreUnusableException if they have another one
   */
  void requireForm(ClientSession session) {
    BsonDocument found = read(session);
    if (found == null) {
      return;
    }
    int form = form(found);
    if (form < FORM) {
      throw new StoreUnusableException(
          "the view in this database has the form of an earlier version: stop all persisters and"
              + " edges, run 'linnet rebuild' once, and start them again");
    }
    if (form > FORM) {
      throw new StoreUnusableException(
          "the view in this database has the form of a later version: use that version, or name"
              + " another database in the MongoDB URI");
    }
  }

  /** Whether this view, if there is one, has the form that this version writes. */
  boolean hasForm(ClientSession session) {
    BsonDocument found = read(session);
    return found != null && form(found) == FORM;
  }

  private static int form(BsonDocument found) {
    return found.getInt32(View.FORM, new BsonInt32(1)).getValue();
  }

  /** Whether this rebuild has begun to put its collections in place. */
  boolean isSwapping(ClientSession session) {
    BsonDocument found = read(session);
    return found != null && isSwapping(found);
  }

  private static boolean isSwapping(BsonDocument found) {
    return found.getBoolean(View.SWAPPING, BsonBoolean.FALSE).getValue();
  }

  private BsonDocument require(ClientSession session) {
    BsonDocument found = read(session);
    if (found == null) {
      throw new StoreUnusableException(
          "the view's own document is gone from MongoDB: restart to build the view anew");
    }
    return found;
  }

  private @Nullable BsonDocument read(ClientSession session) {
    return collection.find(session, Bson.id(id)).first();
  }

  private static ViewState state(ClientSession session, BsonDocument found) {
    CausalTime time = CausalTime.of(session);
    return new ViewState(
        found.getString(View.VIEW_ID).getValue(),
        found.getString(View.LOG_ID).getValue(),
        positions(found.getDocument(View.NEXT, new BsonDocument())),
        time == null ? null : time.encode());
  }

  private static Map<StreamPartition, Long> positions(BsonDocument places) {
    Map<StreamPartition, Long> next = new HashMap<>();
    places.forEach(
        (name, offset) -> {
          StreamPartition place = StreamPartition.parse(name);
          if (place != null) {
            next.put(place, offset.asInt64().getValue());
          }
        });
    return next;
  }

  /** Creates the document unless somebody else did. */
  void create(ClientSession session, String viewId, String logId) {
    BsonDocument fresh =
        new BsonDocument(View.VIEW_ID, new BsonString(viewId))
            .append(View.LOG_ID, new BsonString(logId))
            .append(View.FORM, new BsonInt32(FORM))
            .append(View.NEXT, new BsonDocument());
    try {
      collection.updateOne(
          session,
          Bson.id(id),
          new BsonDocument("$setOnInsert", fresh),
          new UpdateOptions().upsert(true));
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
        throw e;
      }
    }
  }

  /**
   * Raises the positions; those that are higher stay.
   *
   * @param edition the edition that the plan was written to
   * @param from its begin
   * @throws StoreUnusableException if the view is another one by now, or not that far any more
   */
  void advance(
      ClientSession session,
      Edition edition,
      Map<StreamPartition, Long> from,
      Map<StreamPartition, Long> next) {
    if (next.isEmpty()) {
      return;
    }
    BsonDocument same =
        Bson.id(id)
            .append(View.VIEW_ID, new BsonString(edition.view()))
            .append(
                View.GENERATION,
                // Null finds a missing field, too.
                edition.generation() == 0 ? BsonNull.VALUE : new BsonInt64(edition.generation()));
    from.forEach(
        (place, offset) -> {
          if (offset > 0) {
            same.append(position(place), new BsonDocument("$gte", new BsonInt64(offset)));
          }
        });
    update(session, same, new BsonDocument("$max", raised(next)));
  }

  /** The positions of this view. A swap compares them first. */
  Standing standing(ClientSession session) {
    BsonDocument next = require(session).getDocument(View.NEXT, new BsonDocument());
    return new Standing(positions(next), next);
  }

  /**
   * From now on nothing is written to this view: no plan is begun, and one that was begun is not
   * completed.
   *
   * @throws StoreUnusableException if it stands elsewhere by now
   */
  void beginSwap(ClientSession session, Standing seen) {
    BsonDocument change =
        new BsonDocument("$inc", new BsonDocument(View.GENERATION, new BsonInt64(1)))
            .append("$set", new BsonDocument(View.SWAPPING, BsonBoolean.TRUE));
    if (!matched(session, Bson.id(id).append(View.NEXT, seen.document()), change)) {
      throw new StoreUnusableException(
          "the view was written to while a rebuild was to take its place: stop the persisters and"
              + " run it again to go on");
    }
  }

  /** Raises the positions of the view that was just made anew, which is written to from now on. */
  void endSwap(ClientSession session, Map<StreamPartition, Long> next) {
    BsonDocument change =
        new BsonDocument("$unset", new BsonDocument(View.SWAPPING, BsonNull.VALUE))
            .append("$set", new BsonDocument(View.FORM, new BsonInt32(FORM)));
    if (!next.isEmpty()) {
      change.append("$max", raised(next));
    }
    update(session, Bson.id(id), change);
  }

  private static BsonDocument raised(Map<StreamPartition, Long> next) {
    BsonDocument raised = new BsonDocument();
    next.forEach((place, offset) -> raised.append(position(place), new BsonInt64(offset)));
    return raised;
  }

  /** From now on this rebuild can only be swapped in. */
  void markSwapping(ClientSession session) {
    BsonDocument flag = new BsonDocument(View.SWAPPING, BsonBoolean.TRUE);
    update(session, Bson.id(id), new BsonDocument("$set", flag));
  }

  private void update(ClientSession session, BsonDocument which, BsonDocument change) {
    if (!matched(session, which, change)) {
      throw new StoreUnusableException(REPLACED);
    }
  }

  private boolean matched(ClientSession session, BsonDocument which, BsonDocument change) {
    return collection.updateOne(session, which, change).getMatchedCount() > 0;
  }

  private static String position(StreamPartition place) {
    return View.NEXT + "." + place;
  }

  void delete(ClientSession session) {
    collection.deleteOne(session, Bson.id(id));
  }
}
