package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import im.linnet.records.RecordPlan.ReadMark;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.RecordMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;

/**
 * Sets {@code IsRead} where a mark covers it, over the index of what is unread. {@code IsRead} of a
 * p2p or mutual message only ever goes from false to true, and a mark holds its own bound, so marks
 * commute and repeat freely: these documents need no guard against an older record.
 */
final class ReadMarkWriter {
  private static final int REMEMBERED_MARKS = 20_000;
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final UpdateOptions OVER_UNREAD =
      new UpdateOptions().hintString(MongoTables.UNREAD);
  private static final BsonDocument SET_READ =
      new BsonDocument("$set", new BsonDocument(RecordMessage.IS_READ, BsonBoolean.TRUE));

  private final MongoTables tables;
  private final AppliedMarks applied = new AppliedMarks(REMEMBERED_MARKS);

  ReadMarkWriter(MongoTables tables) {
    this.tables = tables;
  }

  void apply(ClientSession session, List<ReadMark> reads) {
    for (Stream stream : MongoTables.MESSAGE_STREAMS) {
      List<WriteModel<BsonDocument>> updates = new ArrayList<>();
      for (ReadMark mark : reads) {
        if (mark.stream() == stream) {
          addUpdates(updates, mark);
        }
      }
      if (!updates.isEmpty()) {
        tables.rawMessages(stream).bulkWrite(session, updates, UNORDERED);
      }
    }
    reads.forEach(applied::add);
  }

  /** Other documents stand where the marked ones stood. */
  void forget() {
    applied.clear();
  }

  private void addUpdates(List<WriteModel<BsonDocument>> updates, ReadMark mark) {
    if (mark.upTo() >= 0 && !applied.covers(mark)) {
      BsonDocument filter =
          Bson.unread(Bson.conversation(mark.reader(), mark.peer()))
              .append(MongoTables.LOG_OFFSET, new BsonDocument("$lte", new BsonInt64(mark.upTo())));
      updates.add(new UpdateManyModel<>(filter, SET_READ, OVER_UNREAD));
    }
    byBound(mark)
        .forEach(
            (bound, ids) ->
                updates.add(
                    new UpdateManyModel<>(
                        Bson.unread(Bson.idIn(ids))
                            .append(MongoTables.LOG_OFFSET, Bson.less(bound)),
                        SET_READ)));
  }

  private static Map<Long, List<String>> byBound(ReadMark mark) {
    Map<Long, List<String>> ids = new TreeMap<>();
    mark.uuids()
        .forEach(
            (uuid, bound) ->
                ids.computeIfAbsent(bound, b -> new ArrayList<>())
                    .add(MessageDocument.id(mark.reader(), uuid, mark.peer())));
    return ids;
  }
}
