package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.MemberDocument;
import im.linnet.records.MessageDocument;
import im.linnet.records.ReaderCounts;
import im.linnet.records.Span;
import im.linnet.records.TopicPage;
import im.linnet.records.TopicState;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Position;
import im.linnet.schemas.document.ReadMark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt64;

/**
 * Says how many members have read messages of topics. The number of names in {@code IsRead} says
 * it, but for a message that has very many readers, and in a topic where a mark is not shown whole:
 * there the marks and the members are read, once for all messages of the topic.
 */
final class ReaderCountQueries {
  private final MongoTables tables;
  private final long maxMillis;

  /**
   * @param maxMillis how long each query may take
   */
  ReaderCountQueries(MongoTables tables, long maxMillis) {
    this.tables = tables;
    this.maxMillis = maxMillis;
  }

  /** The entries of some messages of any topics, by their places. */
  Map<Position, TopicPage.Entry> of(ClientSession session, Collection<CountedMessage> messages) {
    Map<String, List<CountedMessage>> byTopic = new HashMap<>();
    for (CountedMessage each : messages) {
      byTopic
          .computeIfAbsent(each.stored().message().to(), topic -> new ArrayList<>())
          .add(each);
    }
    Set<String> unshown =
        byTopic.isEmpty()
            ? Set.of()
            : UnshownMarks.topics(session, tables, byTopic.keySet(), maxMillis);
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
    ReaderCounts counts =
        new ReaderCounts(messages.stream().map(CountedMessage::stored).toList());
    TopicState state =
        tables
            .collection(ViewCollection.TOPICS)
            .find(session, Bson.id(topic))
            .projection(TopicDocuments.WITHOUT_MEMBERS)
            .maxTime(maxMillis, TimeUnit.MILLISECONDS)
            .first();
    boolean history = state != null && state.history();
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
}
