package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.InboxRecord;
import im.linnet.schemas.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** Range scans over the inbox's {@code _id}. */
final class InboxQueries {
  private static final BsonDocument ONLY_ID = new BsonDocument("_id", new BsonInt32(1));

  private final MongoTables tables;
  private final long maxMillis;

  InboxQueries(MongoTables tables, long maxMillis) {
    this.tables = tables;
    this.maxMillis = maxMillis;
  }

  List<InboxRecord> page(
      ClientSession session, Stream stream, String key, long above, long below, int limit) {
    if (isEmpty(above, below) || limit < 1) {
      return List.of();
    }
    return tables
        .inbox()
        .find(session, range(stream, key, above, below))
        .sort(new BsonDocument("_id", new BsonInt32(1)))
        .limit(limit)
        .batchSize(limit + 1)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .into(new ArrayList<>());
  }

  long floor(ClientSession session, Stream stream, String key, long above, long below, int limit) {
    if (isEmpty(above, below)) {
      return above;
    }
    BsonDocument found =
        tables
            .inbox()
            .withDocumentClass(BsonDocument.class)
            .find(session, range(stream, key, above, below))
            .projection(ONLY_ID)
            .sort(new BsonDocument("_id", new BsonInt32(-1)))
            .skip(limit)
            .limit(1)
            .maxTime(maxMillis, TimeUnit.MILLISECONDS)
            .first();
    return found == null ? above : InboxId.offset(found.getString("_id").getValue());
  }

  private static boolean isEmpty(long above, long below) {
    return below <= 0 || above >= below - 1;
  }

  private static BsonDocument range(Stream stream, String key, long above, long below) {
    return new BsonDocument(
        "_id",
        new BsonDocument(
                "$gte", new BsonString(InboxId.start(stream, key, Math.max(above, -1) + 1)))
            .append("$lt", new BsonString(InboxId.start(stream, key, below))));
  }
}
