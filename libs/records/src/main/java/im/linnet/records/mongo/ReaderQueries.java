package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import im.linnet.records.MemberDocument;
import im.linnet.records.MessageDocument;
import im.linnet.records.ReaderCounts;
import im.linnet.records.Span;
import im.linnet.records.StoredMessage;
import im.linnet.records.TopicPage;
import im.linnet.records.TopicState;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Position;
import im.linnet.schemas.document.ReadMark;
import im.linnet.schemas.document.TopicMember;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * The readers of topics' messages, and their number. The number of names in {@code IsRead} is
 * right, but for a message with very many readers, and in a topic with a mark that is not shown
 * whole. For these the marks and the members are read, once for all messages of the topic.
 */
final class ReaderQueries {
  private static final BsonInt32 UP = new BsonInt32(1);
  private static final BsonDocument BY_ID = new BsonDocument("_id", UP);

  private final MongoTables tables;
  private final long maxMillis;

  /**
   * @param maxMillis how long each query may take
   */
  ReaderQueries(MongoTables tables, long maxMillis) {
    this.tables = tables;
    this.maxMillis = maxMillis;
  }

  /**
   * Those of some topics whose messages may lack names in {@code IsRead}. To be asked before the
   * messages are read: a mark that is shown whole in between must not make old names count as all.
   */
  Set<String> unshown(ClientSession session, Collection<String> topics) {
    return topics.isEmpty() ? Set.of() : UnshownMarks.topics(session, tables, topics, maxMillis);
  }

  /**
   * The entries of some messages of any topics, by their places.
   *
   * @param unshown the answer of {@link #unshown} for these topics
   */
  Map<Position, TopicPage.Entry> entries(
      ClientSession session, Collection<CountedMessage> messages, Set<String> unshown) {
    Map<String, List<CountedMessage>> byTopic = new HashMap<>();
    for (CountedMessage each : messages) {
      byTopic.computeIfAbsent(each.stored().message().to(), topic -> new ArrayList<>()).add(each);
    }
    Map<Position, TopicPage.Entry> entries = new HashMap<>();
    byTopic.forEach(
        (topic, some) -> {
          boolean isKnown =
              !unshown.contains(topic)
                  && some.stream().allMatch(each -> each.names() < MessageDocument.MOST_READERS);
          Map<Long, Long> counted = isKnown ? Map.of() : counted(session, topic, some);
          for (CountedMessage each : some) {
            Position at = each.stored().at();
            // The sender is among the names.
            long readers = isKnown ? each.names() - 1 : counted.getOrDefault(at.offset(), 0L);
            entries.put(at, new TopicPage.Entry(each.stored(), readers));
          }
        });
    return entries;
  }

  private Map<Long, Long> counted(
      ClientSession session, String topic, List<CountedMessage> messages) {
    ReaderCounts counts = new ReaderCounts(messages.stream().map(CountedMessage::stored).toList());
    boolean history = hasHistory(session, topic);
    Map<String, List<Span>> spans = history ? Map.of() : spans(session, topic);
    BsonInt64 lowest = new BsonInt64(counts.lowest());
    tables
        .collection(ViewCollection.MARKS)
        .find(
            session,
            TopicDocuments.range(topic, "")
                .append(ReadMark.UP_TO, new BsonDocument("$gte", lowest)))
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .forEach(
            mark ->
                counts.add(
                    mark.reader(),
                    mark.upTo(),
                    history ? Span.ALWAYS : spans.getOrDefault(mark.reader(), List.of())));
    return counts.counts();
  }

  private Map<String, List<Span>> spans(ClientSession session, String topic) {
    Map<String, List<Span>> spans = new HashMap<>();
    tables
        .collection(ViewCollection.MEMBERS)
        .find(session, TopicDocuments.range(topic, ""))
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .forEach((MemberDocument each) -> spans.put(each.user(), each.spans()));
    return spans;
  }

  private boolean hasHistory(ClientSession session, String topic) {
    TopicState state =
        tables
            .collection(ViewCollection.TOPICS)
            .find(session, Bson.id(topic))
            .projection(TopicDocuments.WITHOUT_MEMBERS)
            .maxTime(maxMillis, TimeUnit.MILLISECONDS)
            .first();
    return state != null && state.history();
  }

  /** Those who have read a message, by name; the sender not among them. */
  List<String> names(ClientSession session, StoredMessage message) {
    String topic = message.message().to();
    BsonInt64 offset = new BsonInt64(message.at().offset());
    BsonDocument covering =
        TopicDocuments.range(topic, "")
            .append(ReadMark.UP_TO, new BsonDocument("$gte", offset))
            .append(
                ReadMark.READER, new BsonDocument("$ne", new BsonString(message.message().from())));
    List<String> readers =
        tables
            .collection(ViewCollection.MARKS)
            .find(session, covering)
            .sort(BY_ID)
            .maxTime(maxMillis, TimeUnit.MILLISECONDS)
            .map(mark -> mark.reader())
            .into(new ArrayList<>());
    if (readers.isEmpty() || hasHistory(session, topic)) {
      return readers;
    }
    Set<String> members = membersAt(session, topic, offset);
    return readers.stream().filter(members::contains).toList();
  }

  private Set<String> membersAt(ClientSession session, String topic, BsonInt64 offset) {
    BsonDocument open =
        new BsonDocument(TopicMember.LEFT, new BsonDocument("$exists", BsonBoolean.FALSE));
    BsonDocument later = new BsonDocument(TopicMember.LEFT, new BsonDocument("$gte", offset));
    BsonDocument span =
        new BsonDocument(TopicMember.JOIN, new BsonDocument("$lte", offset))
            .append("$or", new BsonArray(List.of(open, later)));
    MongoCollection<MemberDocument> members = tables.collection(ViewCollection.MEMBERS);
    return members
        .withDocumentClass(BsonDocument.class)
        .find(
            session,
            TopicDocuments.range(topic, "")
                .append(TopicMember.SPANS, new BsonDocument("$elemMatch", span)))
        .projection(new BsonDocument(TopicMember.CLIENT_ID, UP))
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .map(each -> each.getString(TopicMember.CLIENT_ID).getValue())
        .into(new HashSet<>());
  }
}
