package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import im.linnet.records.Membership;
import im.linnet.records.UnreadCounts;
import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.schemas.Stream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * Counts unread messages in topics: many topics in one query, each up to a bound, since a user may
 * be in hundreds.
 */
final class TopicUnreadCounts {
  /** Topics counted in one query. */
  private static final int TOGETHER = 50;

  private final MongoTables tables;
  private final long maxMillis;

  TopicUnreadCounts(MongoTables tables, long maxMillis) {
    this.tables = tables;
    this.maxMillis = maxMillis;
  }

  /** Those with unread messages, by topic. */
  List<PeerCount> of(ClientSession session, List<Membership> members) {
    List<PeerCount> counts = new ArrayList<>();
    for (int i = 0; i < members.size(); i += TOGETHER) {
      count(session, members.subList(i, Math.min(members.size(), i + TOGETHER)), counts);
    }
    counts.sort(Comparator.comparing(PeerCount::peer));
    return counts;
  }

  private void count(ClientSession session, List<Membership> some, List<PeerCount> counts) {
    MongoCollection<BsonDocument> messages = tables.rawMessages(Stream.TOPIC);
    String name = messages.getNamespace().getCollectionName();
    List<BsonDocument> pipeline = new ArrayList<>(stages(some.getFirst()));
    for (Membership each : some.subList(1, some.size())) {
      pipeline.add(
          new BsonDocument(
              "$unionWith",
              new BsonDocument("coll", new BsonString(name))
                  .append("pipeline", new BsonArray(stages(each)))));
    }
    messages
        .aggregate(session, pipeline)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .forEach(
            group ->
                counts.add(
                    UnreadCounts.counted(
                        group.getString("_id").getValue(), group.getNumber("n").longValue())));
  }

  private static List<BsonDocument> stages(Membership member) {
    BsonDocument topic = new BsonDocument("$literal", new BsonString(member.topic()));
    return List.of(
        new BsonDocument(
            "$match",
            TopicMessageQueries.ofOthers(
                member.topic(), member.user(), member.unreadAbove(), Long.MAX_VALUE)),
        new BsonDocument("$limit", new BsonInt32(UnreadCounts.MOST + 1)),
        new BsonDocument(
            "$group",
            new BsonDocument("_id", topic)
                .append("n", new BsonDocument("$sum", new BsonInt32(1)))));
  }
}
