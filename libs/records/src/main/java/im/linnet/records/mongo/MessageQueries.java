package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCursor;
import im.linnet.records.HistoryCursor;
import im.linnet.records.HistoryMerge;
import im.linnet.records.MessageDocument;
import im.linnet.records.MessagePage;
import im.linnet.records.StoredMessage;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.RecordMessage;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Conversations and single messages. */
final class MessageQueries {
  /**
   * Messages of one direction in one answer of the server. A page of small messages takes a few
   * answers; one that large messages fill is read a few times over at most.
   */
  static final int BATCH = 16;

  private final MongoTables tables;
  private final long maxMillis;

  MessageQueries(MongoTables tables, long maxMillis) {
    this.tables = tables;
    this.maxMillis = maxMillis;
  }

  MessagePage history(
      ClientSession session,
      Stream stream,
      String user,
      String peer,
      HistoryCursor before,
      int limit,
      int bytes) {
    // Messages to oneself lie in one direction only.
    long sentBelow = user.equals(peer) ? 0 : before.sent();
    try (MongoCursor<StoredMessage> received =
            newest(session, stream, user, peer, before.received(), limit + 1);
        MongoCursor<StoredMessage> sent =
            newest(session, stream, peer, user, sentBelow, limit + 1)) {
      return HistoryMerge.page(orNone(received), orNone(sent), limit, bytes);
    }
  }

  /** Null if nothing can lie below the bound. */
  private @Nullable MongoCursor<StoredMessage> newest(
      ClientSession session, Stream stream, String to, String from, long below, int limit) {
    if (below <= 0) {
      return null;
    }
    return tables
        .messages(stream)
        .find(session, Bson.conversation(to, from).append(MongoForm.LOG_OFFSET, Bson.less(below)))
        .sort(new BsonDocument(MongoForm.LOG_OFFSET, new BsonInt32(-1)))
        .hintString(MongoForm.HISTORY)
        .limit(limit)
        .batchSize(BATCH)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .map(MessageDocument::stored)
        .cursor();
  }

  private static Iterator<StoredMessage> orNone(@Nullable MongoCursor<StoredMessage> cursor) {
    return cursor == null ? Collections.emptyIterator() : cursor;
  }

  @Nullable StoredMessage received(ClientSession session, Stream stream, String to, String uuid) {
    return newest(session, stream, Bson.to(to).append(RecordMessage.UUID, new BsonString(uuid)));
  }

  @Nullable StoredMessage find(
      ClientSession session, Stream stream, String to, String uuid, String from) {
    return newest(session, stream, Bson.identity(to, from, new BsonString(uuid)));
  }

  private @Nullable StoredMessage newest(
      ClientSession session, Stream stream, BsonDocument identity) {
    MessageDocument found =
        tables
            .messages(stream)
            .find(session, identity)
            .projection(Bson.withoutReaders(stream))
            .sort(new BsonDocument(MongoForm.LOG_OFFSET, new BsonInt32(-1)))
            .hintString(MongoForm.IDENTITY)
            .limit(1)
            .maxTime(maxMillis, TimeUnit.MILLISECONDS)
            .first();
    return found == null ? null : found.stored();
  }
}
