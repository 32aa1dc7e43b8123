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
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * A view's own document: which view it is, of which log, and how far. Positions are only ever
 * raised, so a paused writer that comes back moves none of them; and they are raised only in the
 * view that a plan began with, where it leaves no gap.
 */
final class ViewDocument {
  /** The view that everybody reads. */
  static final String LIVE = "view";

  /** The one that a rebuild is making. */
  static final String REBUILD = "rebuild";

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

  /** The view's state, null where there is none. */
  @Nullable ViewState find(ClientSession session) {
    BsonDocument found = read(session);
    return found == null ? null : state(session, found);
  }

  /**
   * What a plan is about to be written to.
   *
   * @param from where the plan begins
   * @throws StoreUnusableException if there is no view, or it is not that far, or it is a rebuild
   *     that is being swapped in
   */
  Edition edition(ClientSession session, Map<StreamPartition, Long> from) {
    BsonDocument found = read(session);
    if (found == null) {
      throw new StoreUnusableException(
          "the view's own document is gone from MongoDB: restart to build the view anew");
    }
    if (isSwapping(found)) {
      throw new StoreUnusableException("this rebuild is being swapped in: run it again to finish");
    }
    ViewState state = state(session, found);
    state.requireNoGap(from);
    return new Edition(state.id(), found.getInt64(View.GENERATION, new BsonInt64(0)).getValue());
  }

  /** Whether this rebuild has begun to put its collections in place. */
  boolean isSwapping(ClientSession session) {
    BsonDocument found = read(session);
    return found != null && isSwapping(found);
  }

  private static boolean isSwapping(BsonDocument found) {
    return found.getBoolean(View.SWAPPING, BsonBoolean.FALSE).getValue();
  }

  private @Nullable BsonDocument read(ClientSession session) {
    return collection.find(session, Bson.id(id)).first();
  }

  private static ViewState state(ClientSession session, BsonDocument found) {
    Map<StreamPartition, Long> next = new HashMap<>();
    BsonDocument places = found.getDocument(View.NEXT, new BsonDocument());
    places.forEach(
        (name, offset) -> {
          StreamPartition place = StreamPartition.parse(name);
          if (place != null) {
            next.put(place, offset.asInt64().getValue());
          }
        });
    CausalTime time = CausalTime.of(session);
    return new ViewState(
        found.getString(View.VIEW_ID).getValue(),
        found.getString(View.LOG_ID).getValue(),
        next,
        time == null ? null : time.encode());
  }

  /** Creates the document unless somebody else did. */
  void create(ClientSession session, String viewId, String logId) {
    BsonDocument fresh =
        new BsonDocument(View.VIEW_ID, new BsonString(viewId))
            .append(View.LOG_ID, new BsonString(logId))
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
   * @param edition what the plan was written to
   * @param from where it began
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
                // Null finds what is missing, too.
                edition.generation() == 0 ? BsonNull.VALUE : new BsonInt64(edition.generation()));
    from.forEach(
        (place, offset) -> {
          if (offset > 0) {
            same.append(position(place), new BsonDocument("$gte", new BsonInt64(offset)));
          }
        });
    raise(session, same, next);
  }

  /** Raises the positions of the view that a rebuild has just made anew. */
  void advance(ClientSession session, Map<StreamPartition, Long> next) {
    if (!next.isEmpty()) {
      raise(session, Bson.id(id), next);
    }
  }

  private void raise(ClientSession session, BsonDocument which, Map<StreamPartition, Long> next) {
    BsonDocument raised = new BsonDocument();
    next.forEach((place, offset) -> raised.append(position(place), new BsonInt64(offset)));
    update(session, which, new BsonDocument("$max", raised));
  }

  /** From now on nothing that was begun before is completed. */
  void raiseGeneration(ClientSession session) {
    BsonDocument one = new BsonDocument(View.GENERATION, new BsonInt64(1));
    update(session, Bson.id(id), new BsonDocument("$inc", one));
  }

  /** From now on this rebuild can only be swapped in. */
  void markSwapping(ClientSession session) {
    BsonDocument flag = new BsonDocument(View.SWAPPING, BsonBoolean.TRUE);
    update(session, Bson.id(id), new BsonDocument("$set", flag));
  }

  private void update(ClientSession session, BsonDocument which, BsonDocument change) {
    if (collection.updateOne(session, which, change).getMatchedCount() == 0) {
      throw new StoreUnusableException(REPLACED);
    }
  }

  private static String position(StreamPartition place) {
    return View.NEXT + "." + place;
  }

  void delete(ClientSession session) {
    collection.deleteOne(session, Bson.id(id));
  }
}
