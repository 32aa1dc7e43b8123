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
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * A view's own document: which view it is, of which log, and how far. Positions are only ever
 * raised, so a paused writer that comes back moves none of them.
 */
final class ViewDocument {
  /** The view that everybody reads. */
  static final String LIVE = "view";

  /** The one that a rebuild is making. */
  static final String REBUILD = "rebuild";

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

  /** The view's state, null where there is none. */
  @Nullable ViewState find(ClientSession session) {
    BsonDocument found = collection.find(session, Bson.id(id)).first();
    if (found == null) {
      return null;
    }
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

  /** Raises the positions; those that are higher stay. */
  void advance(ClientSession session, Map<StreamPartition, Long> next) {
    if (next.isEmpty()) {
      return;
    }
    BsonDocument raised = new BsonDocument();
    next.forEach((place, offset) -> raised.append(View.NEXT + "." + place, new BsonInt64(offset)));
    long matched =
        collection
            .updateOne(session, Bson.id(id), new BsonDocument("$max", raised))
            .getMatchedCount();
    if (matched == 0) {
      throw new StoreUnusableException(
          "the view's own document is gone from MongoDB: restart to build the view anew");
    }
  }

  void delete(ClientSession session) {
    collection.deleteOne(session, Bson.id(id));
  }
}
