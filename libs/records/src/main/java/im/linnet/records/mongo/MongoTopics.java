package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import im.linnet.records.HistoryCursor;
import im.linnet.records.HistoryMerge;
import im.linnet.records.Membership;
import im.linnet.records.Readers;
import im.linnet.records.StoredMessage;
import im.linnet.records.TopicMembers;
import im.linnet.records.TopicPage;
import im.linnet.records.TopicReader;
import im.linnet.records.TopicState;
import im.linnet.records.TopicSummary;
import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.document.TopicInfo;
import im.linnet.schemas.document.TopicMember;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Answers the questions about topics from MongoDB. Safe on any thread. */
final class MongoTopics implements TopicReader {
  private static final BsonInt32 UP = new BsonInt32(1);
  private static final BsonDocument BY_ID = new BsonDocument("_id", UP);
  private final Reads reads;
  private final MongoTables tables;
  private final long maxMillis;
  private final TopicUnreadCounts counts;
  private final MembershipQueries memberships;
  private final TopicMessageQueries messages;
  private final ReaderQueries readers;

  /** Runs a question in a session. */
  interface Reads {
    <T extends @Nullable Object> T read(Function<ClientSession, T> query);
  }

  /**
   * @param maxMillis how long each query may take
   */
  MongoTopics(Reads reads, MongoTables tables, long maxMillis) {
    this.reads = reads;
    this.tables = tables;
    this.maxMillis = maxMillis;
    this.counts = new TopicUnreadCounts(tables, maxMillis);
    this.memberships = new MembershipQueries(tables, maxMillis);
    this.messages = new TopicMessageQueries(tables, maxMillis);
    this.readers = new ReaderQueries(tables, maxMillis);
  }

  private <T> FindIterable<T> find(
      ClientSession session, ViewCollection<T> collection, BsonDocument filter) {
    return tables
        .collection(collection)
        .find(session, filter)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public Map<String, TopicState> states(Collection<String> topics) {
    Map<String, TopicState> found = new HashMap<>();
    for (TopicState each :
        reads.read(
            session ->
                find(session, ViewCollection.TOPICS, Bson.idIn(topics)).into(new ArrayList<>()))) {
      found.put(each.topic(), each);
    }
    return found;
  }

  @Override
  public @Nullable TopicSummary lastSummary(String topic) {
    return onlyOf(Bson.id(topic));
  }

  @Override
  public @Nullable TopicSummary summary(String topic) {
    return onlyOf(Bson.id(topic).append(TopicInfo.DISBANDED, BsonBoolean.FALSE));
  }

  private @Nullable TopicSummary onlyOf(BsonDocument filter) {
    List<TopicSummary> found = reads.read(session -> summaries(session, filter));
    return found.isEmpty() ? null : found.getFirst();
  }

  @Override
  public List<TopicSummary> of(String user) {
    return reads.read(
        session ->
            summaries(session, new BsonDocument(TopicInfo.CLIENTS_ID, new BsonString(user))));
  }

  /** Counts the members where they lie. */
  private List<TopicSummary> summaries(ClientSession session, BsonDocument filter) {
    BsonDocument counted =
        new BsonDocument(
            TopicInfo.CLIENTS_ID,
            new BsonDocument("$size", new BsonString("$" + TopicInfo.CLIENTS_ID)));
    return tables
        .collection(ViewCollection.TOPICS)
        .withDocumentClass(BsonDocument.class)
        .aggregate(
            session,
            List.of(
                new BsonDocument("$match", filter),
                new BsonDocument("$set", counted),
                new BsonDocument("$sort", BY_ID)))
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .map(tree -> TopicDocuments.summary(tree, tree.getInt32(TopicInfo.CLIENTS_ID).getValue()))
        .into(new ArrayList<>());
  }

  @Override
  public TopicMembers members(String topic, @Nullable String after, int limit) {
    BsonDocument filter =
        TopicDocuments.range(topic, after == null ? "" : after)
            .append(TopicMember.SPANS, TopicDocuments.OPEN_SPAN);
    List<TopicMembers.Member> page = new ArrayList<>();
    reads.read(
        session ->
            find(session, ViewCollection.MEMBERS, filter)
                .sort(BY_ID)
                .limit(limit + 1)
                .map(each -> new TopicMembers.Member(each.user(), each.joinTime()))
                .into(page));
    return page.size() > limit
        ? new TopicMembers(page.subList(0, limit), page.get(limit - 1).user())
        : new TopicMembers(page, null);
  }

  @Override
  public @Nullable Membership membership(String topic, String user) {
    return reads.<@Nullable Membership>read(session -> memberships.find(session, topic, user));
  }

  @Override
  public List<Membership> memberships(String user) {
    return reads.read(session -> memberships.of(session, user));
  }

  @Override
  public Map<String, Map<String, Integer>> timesJoined(Map<String, Set<String>> users) {
    return reads.read(session -> memberships.timesJoined(session, users));
  }

  @Override
  public List<PeerCount> unreadCounts(List<Membership> memberships) {
    List<Membership> members = memberships.stream().filter(Membership::isMember).toList();
    return members.isEmpty() ? List.of() : reads.read(session -> counts.of(session, members));
  }

  @Override
  public List<StoredMessage> unread(Membership member, long above, long below, int limit) {
    return reads.read(session -> messages.unread(session, member, above, below, limit));
  }

  @Override
  public long unreadFloor(Membership member, long above, long below, int limit) {
    return reads.read(session -> messages.unreadFloor(session, member, above, below, limit));
  }

  @Override
  public TopicPage history(Membership of, @Nullable HistoryCursor before, int limit, int bytes) {
    long below = (before == null ? HistoryMerge.NEWEST : before).received();
    return reads.read(session -> messages.history(session, of, below, limit, bytes));
  }

  @Override
  public Readers readers(StoredMessage message, int names) {
    List<String> all = reads.read(session -> readers.names(session, message));
    return new Readers(all.subList(0, Math.min(names, all.size())), all.size());
  }

  @Override
  public @Nullable StoredMessage find(String topic, String uuid) {
    return reads.<@Nullable StoredMessage>read(session -> messages.find(session, topic, uuid));
  }
}
