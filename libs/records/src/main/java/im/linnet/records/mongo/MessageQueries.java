package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.HistoryCursor;
import im.linnet.records.HistoryMerge;
import im.linnet.records.HistoryPage;
import im.linnet.records.StoredMessage;
import im.linnet.schemas.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;

/** Conversations and single messages. */
final class MessageQueries {
  private final MongoTables tables;
  private final long maxMillis;

  MessageQueries(MongoTables tables, long maxMillis) {
    this.tables = tables;
    this.maxMillis = maxMillis;
  }

  HistoryPage history(
      ClientSession session,
      Stream stream,
      String user,
      String peer,
      HistoryCursor before,
      int limit) {
    List<StoredMessage> received =
        newest(session, stream, user, peer, before.received(), limit + 1);
    List<StoredMessage> sent =
        user.equals(peer)
            ? List.of()
            : newest(session, stream, peer, user, before.sent(), limit + 1);
    return HistoryMerge.page(received, sent, limit);
  }

  private List<StoredMessage> newest(
      ClientSession session, Stream stream, String to, String from, long below, int limit) {
    if (below <= 0) {
      return List.of();
    }
    List<StoredMessage> found = new ArrayList<>();
    tables
        .messages(stream)
        .find(session, Bson.conversation(to, from).append(MongoTables.LOG_OFFSET, Bson.less(below)))
        .sort(new BsonDocument(MongoTables.LOG_OFFSET, new BsonInt32(-1)))
        .hintString(MongoTables.HISTORY)
        .limit(limit)
        .batchSize(limit + 1)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .forEach(document -> found.add(document.stored()));
    return found;
  }

  @Nullable StoredMessage find(
      ClientSession session, Stream stream, String to, String uuid, String from) {
    MessageDocument found =
        tables
            .messages(stream)
            .find(session, Bson.id(MessageDocument.id(to, uuid, from)))
            .maxTime(maxMillis, TimeUnit.MILLISECONDS)
            .first();
    return found == null ? null : found.stored();
  }
}
