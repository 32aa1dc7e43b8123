package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import im.linnet.records.HistoryCursor;
import im.linnet.records.HistoryMerge;
import im.linnet.records.MemberDocument;
import im.linnet.records.Membership;
import im.linnet.records.MessageDocument;
import im.linnet.records.MessagePage;
import im.linnet.records.Readers;
import im.linnet.records.StoredMessage;
import im.linnet.records.TopicMembers;
import im.linnet.records.TopicPage;
import im.linnet.records.TopicReader;
import im.linnet.records.TopicState;
import im.linnet.records.TopicSummary;
import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.ReadMark;
import im.linnet.schemas.document.RecordMessage;
import im.linnet.schemas.document.TopicInfo;
import im.linnet.schemas.document.TopicMember;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Answers the questions about topics from MongoDB. Safe on any thread. */
final class MongoTopics implements TopicReader {
  private static final BsonInt32 UP = new BsonInt32(1);
  private static final BsonDocument BY_ID = new BsonDocument("_id", UP);
  private static final BsonDocument BACKWARDS = new BsonDocument("_id", new BsonInt32(-1));
  private final Reads reads;
  private final MongoTables tables;
  private final long maxMillis;
  private final TopicUnreadCounts counts;
  private final ReaderCountQueries readerCounts;

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
    this.readerCounts = new ReaderCountQueries(tables, maxMillis);
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
    BsonDocument open =
        new BsonDocument(TopicMember.LEFT, new BsonDocument("$exists", BsonBoolean.FALSE));
    BsonDocument filter =
        TopicDocuments.range(topic, after == null ? "" : after)
            .append(TopicMember.SPANS, new BsonDocument("$elemMatch", open));
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
    return reads.<@Nullable Membership>read(
        session -> {
          MemberDocument member =
              find(session, ViewCollection.MEMBERS, Bson.id(TopicDocuments.id(topic, user)))
                  .first();
          List<Membership> found =
              member == null ? List.of() : memberships(session, List.of(member));
          return found.isEmpty() ? null : found.getFirst();
        });
  }

  @Override
  public List<Membership> memberships(String user) {
    return reads.read(
        session -> {
          List<MemberDocument> members =
              find(
                      session,
                      ViewCollection.MEMBERS,
                      new BsonDocument(TopicMember.CLIENT_ID, new BsonString(user)))
                  .into(new ArrayList<>());
          members.sort(Comparator.comparing(MemberDocument::topic));
          return members.isEmpty() ? List.of() : memberships(session, members);
        });
  }

  private List<Membership> memberships(ClientSession session, List<MemberDocument> members) {
    Map<String, TopicState> topics = new HashMap<>();
    find(
            session,
            ViewCollection.TOPICS,
            Bson.idIn(members.stream().map(MemberDocument::topic).toList()))
        .projection(TopicDocuments.WITHOUT_MEMBERS)
        .forEach(each -> topics.put(each.topic(), each));
    Map<String, Long> marks = new HashMap<>();
    find(
            session,
            ViewCollection.MARKS,
            Bson.idIn(
                members.stream()
                    .map(each -> TopicDocuments.id(each.topic(), each.user()))
                    .toList()))
        .forEach(mark -> marks.put(mark.topic(), mark.upTo()));
    List<Membership> found = new ArrayList<>();
    for (MemberDocument member : members) {
      TopicState topic = topics.get(member.topic());
      Membership membership =
          topic == null ? null : topic.membership(member, marks.getOrDefault(member.topic(), -1L));
      if (membership != null) {
        found.add(membership);
      }
    }
    return found;
  }

  @Override
  public Map<String, Map<String, Integer>> timesJoined(Map<String, Set<String>> users) {
    List<String> ids = new ArrayList<>();
    users.forEach((topic, some) -> some.forEach(user -> ids.add(TopicDocuments.id(topic, user))));
    if (ids.isEmpty()) {
      return Map.of();
    }
    BsonDocument times =
        new BsonDocument(TopicMember.TOPIC_ID, UP)
            .append(TopicMember.CLIENT_ID, UP)
            .append(
                TopicMember.SPANS,
                new BsonDocument("$size", new BsonString("$" + TopicMember.SPANS)));
    Map<String, Map<String, Integer>> found = new HashMap<>();
    reads.read(
        session -> {
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
                              each.getString(TopicMember.TOPIC_ID).getValue(),
                              topic -> new HashMap<>())
                          .put(
                              each.getString(TopicMember.CLIENT_ID).getValue(),
                              each.getInt32(TopicMember.SPANS).getValue()));
          return found;
        });
    return found;
  }

  private BsonDocument unreadRange(Membership member, long above, long below) {
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

  @Override
  public List<StoredMessage> unread(Membership member, long above, long below, int limit) {
    if (hasNone(member, above, below)) {
      return List.of();
    }
    return reads.read(
        session ->
            find(session, ViewCollection.messages(Stream.TOPIC), unreadRange(member, above, below))
                .projection(MongoForm.WITHOUT_READERS)
                .sort(BY_ID)
                .limit(limit)
                .map(MessageDocument::stored)
                .into(new ArrayList<>()));
  }

  @Override
  public long unreadFloor(Membership member, long above, long below, int limit) {
    if (hasNone(member, above, below)) {
      return above;
    }
    List<StoredMessage> newest =
        reads.read(
            session ->
                find(
                        session,
                        ViewCollection.messages(Stream.TOPIC),
                        unreadRange(member, above, below))
                    .projection(MongoForm.WITHOUT_READERS)
                    .sort(BACKWARDS)
                    .skip(limit)
                    .limit(1)
                    .map(MessageDocument::stored)
                    .into(new ArrayList<>()));
    return newest.isEmpty() ? above : newest.getFirst().at().offset();
  }

  @Override
  public List<PeerCount> unreadCounts(List<Membership> memberships) {
    List<Membership> members = memberships.stream().filter(Membership::isMember).toList();
    return members.isEmpty() ? List.of() : reads.read(session -> counts.of(session, members));
  }

  @Override
  public TopicPage history(Membership of, @Nullable HistoryCursor before, int limit, int bytes) {
    long below = (before == null ? HistoryMerge.NEWEST : before).received();
    return reads.read(
        session -> {
          Map<Position, CountedMessage> found = new HashMap<>();
          MessagePage page;
          try (VisibleMessages visible =
              new VisibleMessages(
                  range ->
                      tables
                          .countedMessages()
                          .aggregate(
                              session,
                              CountedMessage.pipeline(
                                  new BsonDocument("$match", range),
                                  new BsonDocument("$sort", BACKWARDS),
                                  new BsonDocument("$limit", new BsonInt32(limit + 1))))
                          .batchSize(MessageQueries.BATCH)
                          .maxTime(maxMillis, TimeUnit.MILLISECONDS)
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
          Map<Position, TopicPage.Entry> entries = readerCounts.of(session, found.values());
          return new TopicPage(
              page.messages().stream()
                  .map(each -> Objects.requireNonNull(entries.get(each.at())))
                  .toList(),
              page.next());
        });
  }

  @Override
  public Readers readers(StoredMessage message, int names) {
    List<String> all = reads.read(session -> readers(session, message));
    return new Readers(all.subList(0, Math.min(names, all.size())), all.size());
  }

  private List<String> readers(ClientSession session, StoredMessage message) {
    String topic = message.message().to();
    BsonInt64 offset = new BsonInt64(message.at().offset());
    BsonDocument covering =
        TopicDocuments.range(topic, "")
            .append(ReadMark.UP_TO, new BsonDocument("$gte", offset))
            .append(
                ReadMark.READER, new BsonDocument("$ne", new BsonString(message.message().from())));
    List<String> readers =
        find(session, ViewCollection.MARKS, covering)
            .sort(BY_ID)
            .map(mark -> mark.reader())
            .into(new ArrayList<>());
    TopicState state =
        find(session, ViewCollection.TOPICS, Bson.id(topic))
            .projection(TopicDocuments.WITHOUT_MEMBERS)
            .first();
    if (readers.isEmpty() || (state != null && state.history())) {
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

  @Override
  public @Nullable StoredMessage find(String topic, String uuid) {
    return reads.<@Nullable StoredMessage>read(
        session -> {
          Collection<StoredMessage> found =
              find(
                      session,
                      ViewCollection.messages(Stream.TOPIC),
                      Bson.to(topic).append(RecordMessage.UUID, new BsonString(uuid)))
                  .projection(MongoForm.WITHOUT_READERS)
                  .hintString(MongoForm.IDENTITY)
                  .sort(BACKWARDS)
                  .limit(1)
                  .map(MessageDocument::stored)
                  .into(new ArrayList<>());
          return found.isEmpty() ? null : found.iterator().next();
        });
  }
}
