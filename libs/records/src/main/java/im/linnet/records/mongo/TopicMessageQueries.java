package im.linnet.records.mongo;

import com.mongodb.client.AggregateIterable;
import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import im.linnet.records.HistoryMerge;
import im.linnet.records.Membership;
import im.linnet.records.MessageDocument;
import im.linnet.records.MessagePage;
import im.linnet.records.StoredMessage;
import im.linnet.records.TopicPage;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.RecordMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Messages of topics, as members see them. */
final class TopicMessageQueries {
  private static final BsonDocument BY_ID = new BsonDocument("_id", new BsonInt32(1));
  private static final BsonDocument BACKWARDS = new BsonDocument("_id", new BsonInt32(-1));

  private final MongoTables tables;
  private final long maxMillis;
  private final ReaderQueries readers;

  /**
   * @param maxMillis how long each query may take
   */
  TopicMessageQueries(MongoTables tables, long maxMillis) {
    this.tables = tables;
    this.maxMillis = maxMillis;
    this.readers = new ReaderQueries(tables, maxMillis);
  }

  private static BsonDocument unreadRange(Membership member, long above, long below) {
    return ofOthers(member.topic(), member.user(), Math.max(above, member.unreadAbove()), below);
  }

  /** Messages of a topic between two offsets, both exclusive, that are not that user's. */
  static BsonDocument ofOthers(String topic, String user, long above, long below) {
    return DeliveredQueries.range(topic, above, below)
        .append(RecordMessage.FROM_ID, new BsonDocument("$ne", new BsonString(user)));
  }

  private static boolean hasNone(Membership member, long above, long below) {
    return !member.isMember() || below <= 0 || Math.max(above, member.unreadAbove()) >= below - 1;
  }

  List<StoredMessage> unread(
      ClientSession session, Membership member, long above, long below, int limit) {
    if (hasNone(member, above, below)) {
      return List.of();
    }
    return find(session, unreadRange(member, above, below))
        .sort(BY_ID)
        .limit(limit)
        .map(MessageDocument::stored)
        .into(new ArrayList<>());
  }

  long unreadFloor(ClientSession session, Membership member, long above, long below, int limit) {
    if (hasNone(member, above, below)) {
      return above;
    }
    List<StoredMessage> newest =
        find(session, unreadRange(member, above, below))
            .sort(BACKWARDS)
            .skip(limit)
            .limit(1)
            .map(MessageDocument::stored)
            .into(new ArrayList<>());
    return newest.isEmpty() ? above : newest.getFirst().at().offset();
  }

  /**
   * A page of the messages that a user can look up.
   *
   * @param below only offsets below this one
   */
  TopicPage history(ClientSession session, Membership of, long below, int limit, int bytes) {
    Set<String> unshown = readers.unshown(session, Set.of(of.topic()));
    Map<Position, CountedMessage> found = new HashMap<>();
    MessagePage page;
    try (VisibleMessages visible =
        new VisibleMessages(
            range ->
                newest(session, range, limit + 1)
                    .map(
                        each -> {
                          found.put(each.stored().at(), each);
                          return each.stored();
                        })
                    .cursor(),
            of,
            below)) {
      page = HistoryMerge.page(visible, Collections.emptyIterator(), limit, bytes);
    }
    found.keySet().retainAll(page.messages().stream().map(StoredMessage::at).toList());
    Map<Position, TopicPage.Entry> entries = readers.entries(session, found.values(), unshown);
    return new TopicPage(
        page.messages().stream()
            .map(each -> Objects.requireNonNull(entries.get(each.at())))
            .toList(),
        page.next());
  }

  private AggregateIterable<CountedMessage> newest(
      ClientSession session, BsonDocument range, int limit) {
    return tables
        .countedMessages()
        .aggregate(
            session,
            CountedMessage.pipeline(
                new BsonDocument("$match", range),
                new BsonDocument("$sort", BACKWARDS),
                new BsonDocument("$limit", new BsonInt32(limit))))
        .batchSize(MessageQueries.BATCH)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS);
  }

  /** The newest message of that uuid in a topic, from any sender. */
  @Nullable StoredMessage find(ClientSession session, String topic, String uuid) {
    MessageDocument found =
        find(session, Bson.to(topic).append(RecordMessage.UUID, new BsonString(uuid)))
            .hintString(MongoForm.IDENTITY)
            .sort(BACKWARDS)
            .limit(1)
            .first();
    return found == null ? null : found.stored();
  }

  private FindIterable<MessageDocument> find(ClientSession session, BsonDocument filter) {
    return tables
        .messages(Stream.TOPIC)
        .find(session, filter)
        .projection(MongoForm.WITHOUT_READERS)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS);
  }
}
