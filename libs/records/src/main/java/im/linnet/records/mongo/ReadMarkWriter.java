package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import im.linnet.records.Change;
import im.linnet.records.MarkRead;
import im.linnet.records.RecordPlan;
import im.linnet.records.ViewCollection;
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
 * Sets {@code IsRead} of the messages that a mark covers, by the index of unread messages. {@code
 * IsRead} of a p2p or mutual message only ever goes from false to true, and a mark holds its own
 * bound, so marks commute and repeat freely: these documents need no guard against an older record.
 */
final class ReadMarkWriter implements ChangeWriter {
  private static final int REMEMBERED_MARKS = 20_000;
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final UpdateOptions OVER_UNREAD = new UpdateOptions().hintString(MongoForm.UNREAD);
  private static final UpdateOptions BY_IDENTITY =
      new UpdateOptions().hintString(MongoForm.IDENTITY);
  private static final BsonDocument SET_READ =
      new BsonDocument("$set", new BsonDocument(RecordMessage.IS_READ, BsonBoolean.TRUE));

  private final MongoTables tables;
  private final AppliedMarks applied = new AppliedMarks(REMEMBERED_MARKS);

  ReadMarkWriter(MongoTables tables) {
    this.tables = tables;
  }

  @Override
  public Class<? extends Change> kind() {
    return MarkRead.class;
  }

  @Override
  public void write(ClientSession session, RecordPlan plan) {
    List<MarkRead> reads = plan.of(MarkRead.class);
    for (Stream stream : ViewCollection.MESSAGE_STREAMS) {
      List<WriteModel<BsonDocument>> updates = new ArrayList<>();
      for (MarkRead mark : reads) {
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

  @Override
  public void forget() {
    applied.clear();
  }

  private void addUpdates(List<WriteModel<BsonDocument>> updates, MarkRead mark) {
    if (mark.upTo() >= 0 && !applied.covers(mark)) {
      BsonDocument filter =
          Bson.unread(Bson.conversation(mark.reader(), mark.peer()))
              .append(MongoForm.LOG_OFFSET, new BsonDocument("$lte", new BsonInt64(mark.upTo())));
      updates.add(new UpdateManyModel<>(filter, SET_READ, OVER_UNREAD));
    }
    byBound(mark)
        .forEach(
            (bound, uuids) ->
                updates.add(
                    new UpdateManyModel<>(
                        Bson.unread(Bson.identity(mark.reader(), mark.peer(), Bson.in(uuids)))
                            .append(MongoForm.LOG_OFFSET, Bson.less(bound)),
                        SET_READ,
                        BY_IDENTITY)));
  }

  private static Map<Long, List<String>> byBound(MarkRead mark) {
    Map<Long, List<String>> uuids = new TreeMap<>();
    mark.uuids()
        .forEach((uuid, bound) -> uuids.computeIfAbsent(bound, b -> new ArrayList<>()).add(uuid));
    return uuids;
  }
}
