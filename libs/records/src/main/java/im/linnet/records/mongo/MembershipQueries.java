package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import im.linnet.records.MemberDocument;
import im.linnet.records.Membership;
import im.linnet.records.TopicState;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.document.TopicMember;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Memberships of users in topics. */
final class MembershipQueries {
  /** A user may be in hundreds of topics, and their documents come in one answer. */
  private static final int BATCH = 10_000;

  private final MongoTables tables;
  private final long maxMillis;

  /**
   * @param maxMillis how long each query may take
   */
  MembershipQueries(MongoTables tables, long maxMillis) {
    this.tables = tables;
    this.maxMillis = maxMillis;
  }

  /**
   * A membership with the name of its topic.
   *
   * @param membership without the user's mark
   * @param name the topic's name
   */
  record Named(Membership membership, String name) {}

  @Nullable Membership find(ClientSession session, String topic, String user) {
    List<Membership> found =
        marked(session, named(session, Bson.id(TopicDocuments.id(topic, user))));
    return found.isEmpty() ? null : found.getFirst();
  }

  /** Those of a user, by topic. */
  List<Membership> of(ClientSession session, String user) {
    return marked(session, named(session, ofUser(user)));
  }

  /** Those of a user that last, but for topics that were disbanded. */
  List<Named> current(ClientSession session, String user) {
    return named(session, ofUser(user).append(TopicMember.SPANS, TopicDocuments.OPEN_SPAN)).stream()
        .filter(each -> each.membership().isMember())
        .toList();
  }

  /** How often users have joined topics, by topic and user. */
  Map<String, Map<String, Integer>> timesJoined(
      ClientSession session, Map<String, Set<String>> users) {
    List<String> ids = new ArrayList<>();
    users.forEach((topic, some) -> some.forEach(user -> ids.add(TopicDocuments.id(topic, user))));
    if (ids.isEmpty()) {
      return Map.of();
    }
    BsonInt32 shown = new BsonInt32(1);
    BsonDocument times =
        new BsonDocument(TopicMember.TOPIC_ID, shown)
            .append(TopicMember.CLIENT_ID, shown)
            .append(
                TopicMember.SPANS,
                new BsonDocument("$size", new BsonString("$" + TopicMember.SPANS)));
    Map<String, Map<String, Integer>> found = new HashMap<>();
    tables
        .collection(ViewCollection.MEMBERS)
        .withDocumentClass(BsonDocument.class)
        .find(session, Bson.idIn(ids))
        .projection(times)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .forEach(
            each ->
                found
                    .computeIfAbsent(
                        each.getString(TopicMember.TOPIC_ID).getValue(), topic -> new HashMap<>())
                    .put(
                        each.getString(TopicMember.CLIENT_ID).getValue(),
                        each.getInt32(TopicMember.SPANS).getValue()));
    return found;
  }

  private static BsonDocument ofUser(String user) {
    return new BsonDocument(TopicMember.CLIENT_ID, new BsonString(user));
  }

  private List<Named> named(ClientSession session, BsonDocument filter) {
    List<MemberDocument> members =
        find(session, ViewCollection.MEMBERS, filter).into(new ArrayList<>());
    if (members.isEmpty()) {
      return List.of();
    }
    members.sort(Comparator.comparing(MemberDocument::topic));
    Map<String, TopicState> topics = new HashMap<>();
    find(
            session,
            ViewCollection.TOPICS,
            Bson.idIn(members.stream().map(MemberDocument::topic).toList()))
        .projection(TopicDocuments.WITHOUT_MEMBERS)
        .forEach(each -> topics.put(each.topic(), each));
    List<Named> found = new ArrayList<>();
    for (MemberDocument member : members) {
      TopicState topic = topics.get(member.topic());
      Membership membership = topic == null ? null : topic.membership(member, -1);
      if (topic != null && membership != null) {
        found.add(new Named(membership, topic.name()));
      }
    }
    return found;
  }

  private List<Membership> marked(ClientSession session, List<Named> named) {
    return withMarks(session, named.stream().map(Named::membership).toList());
  }

  /** The same memberships with the users' marks. */
  List<Membership> withMarks(ClientSession session, List<Membership> memberships) {
    if (memberships.isEmpty()) {
      return List.of();
    }
    Map<String, Long> marks = new HashMap<>();
    find(
            session,
            ViewCollection.MARKS,
            Bson.idIn(
                memberships.stream()
                    .map(each -> TopicDocuments.id(each.topic(), each.user()))
                    .toList()))
        .forEach(mark -> marks.put(mark.topic(), mark.upTo()));
    return memberships.stream()
        .map(each -> each.withMark(marks.getOrDefault(each.topic(), -1L)))
        .toList();
  }

  private <T> FindIterable<T> find(
      ClientSession session, ViewCollection<T> collection, BsonDocument filter) {
    return tables
        .collection(collection)
        .find(session, filter)
        .batchSize(BATCH)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS);
  }
}
