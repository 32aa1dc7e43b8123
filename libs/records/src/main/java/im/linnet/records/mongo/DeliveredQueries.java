package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import im.linnet.records.InboxRecord;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Stream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * The records that were delivered under a key: two range scans over {@code _id}, of the messages
 * and of the inbox, merged by offset.
 */
final class DeliveredQueries {
  private static final BsonDocument BY_ID = new BsonDocument("_id", new BsonInt32(1));
  private static final BsonDocument BACKWARDS = new BsonDocument("_id", new BsonInt32(-1));
  private static final BsonDocument ONLY_ID = BY_ID;

  private final MongoTables tables;
  private final long maxMillis;

  DeliveredQueries(MongoTables tables, long maxMillis) {
    this.tables = tables;
    this.maxMillis = maxMillis;
  }

  List<InboxRecord> page(
      ClientSession session, Stream stream, String key, long above, long below, int limit) {
    if (isEmpty(above, below) || limit < 1) {
      return List.of();
    }
    List<InboxRecord> page = new ArrayList<>();
    read(session, tables.inbox(), range(InboxId.prefix(stream, key), above, below), limit)
        .into(page);
    if (holdsMessages(stream, key)) {
      read(session, tables.messages(stream), range(key, above, below), limit)
          .projection(Bson.withoutReaders(stream))
          .map(document -> document.stored().delivered())
          .into(page);
    }
    page.sort(Comparator.comparingLong(InboxRecord::offset));
    return page.size() <= limit ? page : page.subList(0, limit);
  }

  private <T> FindIterable<T> read(
      ClientSession session, MongoCollection<T> collection, BsonDocument range, int limit) {
    return collection
        .find(session, range)
        .sort(BY_ID)
        .limit(limit)
        .batchSize(limit + 1)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS);
  }

  long floor(ClientSession session, Stream stream, String key, long above, long below, int limit) {
    if (isEmpty(above, below)) {
      return above;
    }
    List<Long> newest = new ArrayList<>();
    newest(session, tables.inbox(), range(InboxId.prefix(stream, key), above, below), limit)
        .forEach(id -> newest.add(InboxId.offset(id)));
    if (holdsMessages(stream, key)) {
      newest(session, tables.messages(stream), range(key, above, below), limit)
          .forEach(id -> newest.add(LogId.offset(id, id.length())));
    }
    newest.sort(Comparator.reverseOrder());
    return newest.size() > limit ? newest.get(limit) : above;
  }

  /** The ids of the newest ones, one more than the limit. */
  private List<String> newest(
      ClientSession session, MongoCollection<?> collection, BsonDocument range, int limit) {
    return collection
        .withDocumentClass(BsonDocument.class)
        .find(session, range)
        .projection(ONLY_ID)
        .sort(BACKWARDS)
        .limit(limit + 1)
        .batchSize(limit + 2)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .map(document -> document.getString("_id").getValue())
        .into(new ArrayList<>());
  }

  private static boolean holdsMessages(Stream stream, String key) {
    return ViewCollection.MESSAGE_STREAMS.contains(stream) && InboxId.isPlain(key);
  }

  private static boolean isEmpty(long above, long below) {
    return below <= 0 || above >= below - 1;
  }

  /** The ids of a key between two offsets, both exclusive. */
  static BsonDocument range(String key, long above, long below) {
    return new BsonDocument(
        "_id",
        new BsonDocument("$gte", new BsonString(LogId.of(key, Math.max(above, -1) + 1)))
            .append("$lt", new BsonString(LogId.of(key, below))));
  }
}
