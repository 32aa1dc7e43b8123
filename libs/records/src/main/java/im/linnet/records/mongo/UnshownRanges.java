package im.linnet.records.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import im.linnet.records.MemberDocument;
import im.linnet.records.Span;
import im.linnet.records.TopicState;
import im.linnet.records.ViewCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The offsets that a mark covers and {@code IsRead} does not show: those at which the reader was a
 * member, or all of them where the topic has history. Later facts do not change them, since a mark
 * ends below its own record.
 */
final class UnshownRanges {
  private final Set<String> withHistory = new HashSet<>();
  private final Map<String, MemberDocument> members = new HashMap<>();

  /** Reads what the ranges of these marks depend on. */
  UnshownRanges(ClientSession session, MongoTables tables, Collection<UnshownMark> marks) {
    Set<String> topics = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (UnshownMark mark : marks) {
      topics.add(mark.topic());
      ids.add(mark.id());
    }
    tables
        .collection(ViewCollection.TOPICS)
        .withReadConcern(ReadConcern.LOCAL)
        .find(session, Bson.idIn(topics))
        .projection(TopicDocuments.WITHOUT_MEMBERS)
        .forEach(
            (TopicState topic) -> {
              if (topic.history()) {
                withHistory.add(topic.topic());
              }
            });
    tables
        .collection(ViewCollection.MEMBERS)
        .withReadConcern(ReadConcern.LOCAL)
        .find(session, Bson.idIn(ids))
        .forEach(
            (MemberDocument each) ->
                members.put(TopicDocuments.id(each.topic(), each.user()), each));
  }

  /** Those of one of the marks, in their order, both ends inclusive. */
  List<Span> of(UnshownMark mark) {
    long least = mark.shown() + 1;
    if (withHistory.contains(mark.topic())) {
      return List.of(new Span(least, mark.upTo()));
    }
    MemberDocument member = members.get(mark.id());
    List<Span> ranges = new ArrayList<>();
    for (Span span : member == null ? List.<Span>of() : member.spans()) {
      Span range = new Span(Math.max(least, span.join()), Math.min(mark.upTo(), span.left()));
      if (range.join() <= range.left()) {
        ranges.add(range);
      }
    }
    return ranges;
  }
}
