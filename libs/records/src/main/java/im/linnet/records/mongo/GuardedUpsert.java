package im.linnet.records.mongo;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Sets some fields of a document by its {@code _id}, and makes it if it is not there, in one
 * update. A document whose guard has come to this offset, or beyond, stays as it is.
 */
final class GuardedUpsert {
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private GuardedUpsert() {}

  /**
   * The update.
   *
   * @param guard the field that holds the offset of the last record applied
   * @param offset the offset of the record that is applied
   * @param initial the fields of a new document
   * @param set the fields to set
   */
  static UpdateOneModel<BsonDocument> of(
      String id, String guard, long offset, BsonDocument initial, BsonDocument set) {
    BsonInt64 at = new BsonInt64(offset);
    BsonDocument merged =
        new BsonDocument(
            "$mergeObjects",
            new BsonArray(
                List.of(
                    literal(initial),
                    new BsonString("$$ROOT"),
                    literal(set.clone().append(guard, at)))));
    // A guard that is not there is less than any number.
    BsonDocument isOlder =
        new BsonDocument("$gte", new BsonArray(List.of(new BsonString("$" + guard), at)));
    BsonDocument choice =
        new BsonDocument(
            "$cond", new BsonArray(List.of(isOlder, new BsonString("$$ROOT"), merged)));
    return new UpdateOneModel<>(
        Bson.id(id), List.of(new BsonDocument("$replaceWith", choice)), UPSERT);
  }

  /** A text of a user may look like an expression. */
  private static BsonValue literal(BsonDocument document) {
    return new BsonDocument("$literal", document);
  }
}
