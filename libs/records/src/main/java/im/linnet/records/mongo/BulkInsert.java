package im.linnet.records.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import im.linnet.records.InboxRecord;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.bson.BsonDocument;

/**
 * Inserts documents whose {@code _id} is a place in the log, in bulk, unordered. One that is there
 * already is a repeat: it stays as it is, and must be of the same record. If it is of another
 * record, the log or the database was replaced.
 *
 * @param collection the collection
 * @param id a document's {@code _id}
 * @param record its record
 * @param same whether a document that is there is of the record that would be inserted
 */
record BulkInsert<T>(
    MongoCollection<T> collection,
    Function<T, String> id,
    Function<T, InboxRecord> record,
    BiPredicate<BsonDocument, T> same) {
  private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

  void insert(ClientSession session, List<T> documents) {
    if (documents.isEmpty()) {
      return;
    }
    try {
      collection.insertMany(session, documents, UNORDERED);
    } catch (MongoBulkWriteException e) {
      compare(session, KnownKeys.of(documents, e));
    }
  }

  /**
   * Read from the primary that refused the insertion, as it is there: the plan's last write, of the
   * view's position, waits for the majority.
   */
  private void compare(ClientSession session, List<T> repeated) {
    Map<String, BsonDocument> stored = HashMap.newHashMap(repeated.size());
    collection
        .withDocumentClass(BsonDocument.class)
        .withReadConcern(ReadConcern.LOCAL)
        .find(session, Bson.idIn(repeated.stream().map(id).toList()))
        .forEach(document -> stored.put(document.getString("_id").getValue(), document));
    for (T document : repeated) {
      BsonDocument known = stored.get(id.apply(document));
      if (known == null) {
        throw new StoreUnavailableException(
            "a record that was there is gone: it was removed or rolled back in this moment");
      }
      if (!same.test(known, document)) {
        InboxRecord now = record.apply(document);
        throw new StoreUnusableException(
            "the view holds another record at "
                + now.stream().topic()
                + "-"
                + now.partition()
                + "@"
                + now.offset()
                + " than the log: one of the two was replaced; drop the database and start again,"
                + " or give the right log");
      }
    }
  }
}
