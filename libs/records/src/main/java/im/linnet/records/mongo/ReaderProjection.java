package im.linnet.records.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.model.UpdateManyModel;
import im.linnet.records.MessageDocument;
import im.linnet.records.Span;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.RecordMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * Writes readers into {@code IsRead} of topics' messages. A message that a mark has passed keeps
 * its reader whatever comes later, so all of this may be repeated, by several writers at once too.
 *
 * <p>One update covers so many messages that it is answered in time, and one call a few of these. A
 * mark may pass millions of messages, so a call tells how far it came.
 */
final class ReaderProjection {
  /**
   * How much is written at once.
   *
   * @param piece messages in one update at most
   * @param call messages after which a call ends; up to twice as many may be written
   */
  record Bounds(int piece, int call) {
    static final Bounds DEFAULT = new Bounds(1_000, 5_000);
  }

  /** Marks of one topic that are cut into ranges together. */
  private static final int TOGETHER = 100;

  private static final BsonDocument ONLY_ID = new BsonDocument("_id", new BsonInt32(1));
  private static final String LAST_READER =
      RecordMessage.IS_READ + "." + (MessageDocument.MOST_READERS - 1);

  private final MongoTables tables;
  private final Bounds bounds;

  ReaderProjection(MongoTables tables, Bounds bounds) {
    this.tables = tables;
    this.bounds = bounds;
  }

  /**
   * Shows marks, or a part of them.
   *
   * @param marks no two of one reader and topic
   * @return the offset up to which each of them is shown, by its id
   */
  Map<String, Long> show(ClientSession session, List<UnshownMark> marks) {
    if (marks.isEmpty()) {
      return Map.of();
    }
    UnshownRanges unshown = new UnshownRanges(session, tables, marks);
    Map<String, List<UnshownMark>> byTopic = new LinkedHashMap<>();
    for (UnshownMark mark : marks) {
      byTopic.computeIfAbsent(mark.topic(), topic -> new ArrayList<>()).add(mark);
    }
    Map<String, Long> shown = new HashMap<>();
    Call call = new Call(session);
    byTopic.forEach(
        (topic, all) -> {
          for (int i = 0; i < all.size(); i += TOGETHER) {
            List<UnshownMark> some = all.subList(i, Math.min(all.size(), i + TOGETHER));
            long end = call.write(topic, ranges(unshown, some));
            for (UnshownMark mark : some) {
              shown.put(mark.id(), Math.min(mark.upTo(), Math.max(mark.shown(), end)));
            }
          }
        });
    call.flush();
    return shown;
  }

  private static List<ReadRanges.Range> ranges(UnshownRanges unshown, List<UnshownMark> marks) {
    ReadRanges ranges = new ReadRanges();
    for (UnshownMark mark : marks) {
      for (Span range : unshown.of(mark)) {
        ranges.add(mark.reader(), range.join(), range.left());
      }
    }
    return ranges.list();
  }

  /** The updates of one call. */
  private final class Call {
    private final ClientSession session;
    private final List<UpdateManyModel<BsonDocument>> updates = new ArrayList<>();

    /** Messages of the updates that wait, at most, and those of them that are there for certain. */
    private long most;

    private long certain;
    private long left = bounds.call();

    Call(ClientSession session) {
      this.session = session;
    }

    /** The offset up to which all of the ranges are written. */
    long write(String topic, List<ReadRanges.Range> ranges) {
      for (ReadRanges.Range range : ranges) {
        long least = range.least();
        while (least <= range.most()) {
          if (most >= bounds.call()) {
            flush();
          }
          if (left <= 0) {
            return least - 1;
          }
          long end = end(topic, least, range.most());
          updates.add(update(topic, least, end, range.readers()));
          most += Math.min(bounds.piece(), end - least + 1);
          least = end + 1;
        }
      }
      return Long.MAX_VALUE;
    }

    /** The last offset of the next update. */
    private long end(String topic, long least, long last) {
      if (last - least < bounds.piece()) {
        return last;
      }
      BsonDocument found =
          tables
              .rawMessages(Stream.TOPIC)
              .withReadConcern(ReadConcern.LOCAL)
              .find(session, DeliveredQueries.range(topic, least - 1, last + 1))
              .projection(ONLY_ID)
              .sort(ONLY_ID)
              .skip(bounds.piece() - 1)
              .limit(1)
              .first();
      if (found == null) {
        return last;
      }
      certain += bounds.piece();
      String id = found.getString("_id").getValue();
      return LogId.offset(id, id.length());
    }

    void flush() {
      if (updates.isEmpty()) {
        return;
      }
      int matched =
          tables
              .rawMessages(Stream.TOPIC)
              .bulkWrite(session, updates, UpsertBulk.UNORDERED)
              .getMatchedCount();
      left -= Math.max(certain, matched);
      updates.clear();
      most = 0;
      certain = 0;
    }
  }

  /**
   * The union, in order, of the readers that are there and those that come. A message whose {@code
   * IsRead} is full of smaller names stays as it is.
   */
  private static UpdateManyModel<BsonDocument> update(
      String topic, long least, long most, List<String> readers) {
    List<BsonString> names = readers.stream().sorted().map(BsonString::new).toList();
    BsonDocument union =
        new BsonDocument(
            "$setUnion",
            new BsonArray(
                List.of(new BsonString("$" + RecordMessage.IS_READ), new BsonArray(names))));
    BsonDocument sorted =
        new BsonDocument(
            "$sortArray", new BsonDocument("input", union).append("sortBy", new BsonInt32(1)));
    BsonDocument cut =
        new BsonDocument(
            "$slice", new BsonArray(List.of(sorted, new BsonInt32(MessageDocument.MOST_READERS))));
    BsonDocument isFull = new BsonDocument("$lt", names.getFirst());
    return new UpdateManyModel<>(
        DeliveredQueries.range(topic, least - 1, most + 1)
            .append(LAST_READER, new BsonDocument("$not", isFull)),
        List.of(new BsonDocument("$set", new BsonDocument(RecordMessage.IS_READ, cut))));
  }
}
