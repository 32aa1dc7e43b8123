package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.schemas.document.ReadMark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Finds the marks that {@code IsRead} does not show as a whole, by an index of these alone. */
final class UnshownMarks {
  /** The filter of the index. */
  static final BsonDocument FILTER =
      new BsonDocument(ReadMark.SHOWN, new BsonDocument("$exists", BsonBoolean.TRUE));

  private UnshownMarks() {}

  /**
   * The first of them, those of one topic together.
   *
   * @param limit at most so many; 0 for all
   */
  static List<UnshownMark> first(ClientSession session, MongoTables tables, int limit) {
    return tables
        .rawMarks()
        .find(session, FILTER)
        .hintString(MongoForm.UNSHOWN)
        .limit(limit)
        .map(UnshownMark::of)
        .into(new ArrayList<>());
  }

  /** Those of some topics that have such marks. */
  static Set<String> topics(
      ClientSession session, MongoTables tables, Collection<String> topics, long maxMillis) {
    BsonDocument filter = FILTER.clone().append(ReadMark.TOPIC_ID, Bson.in(topics));
    BsonDocument byTopic = new BsonDocument("_id", new BsonString("$" + ReadMark.TOPIC_ID));
    return tables
        .rawMarks()
        .aggregate(
            session,
            List.of(new BsonDocument("$match", filter), new BsonDocument("$group", byTopic)),
            BsonDocument.class)
        .hintString(MongoForm.UNSHOWN)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .map(found -> found.getString("_id").getValue())
        .into(new HashSet<>());
  }
}
