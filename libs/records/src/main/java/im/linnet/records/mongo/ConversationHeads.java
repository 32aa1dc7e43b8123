package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCursor;
import im.linnet.records.ConversationCursor;
import im.linnet.records.ConversationHour;
import im.linnet.records.ConversationPaging;
import im.linnet.records.ConversationPaging.Head;
import im.linnet.records.Membership;
import im.linnet.records.TopicPage;
import im.linnet.records.TopicReader;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.ChatList;
import im.linnet.schemas.document.LogPlace;
import im.linnet.schemas.document.RecordMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * The heads of a user's conversations. Their hours say which may stand in a page. One query for
 * each direction looks up their last messages, with a seek in an index for each conversation. For
 * one page. Not thread-safe.
 */
final class ConversationHeads implements ConversationPaging.Heads, AutoCloseable {
  private static final BsonInt32 DOWN = new BsonInt32(-1);
  private static final int GROWTH = 4;
  private static final int MOST_AT_ONCE = 4_000;

  private final MongoTables tables;
  private final TopicReader topics;
  private final MembershipQueries memberships;
  private final ClientSession session;
  private final Deadline deadline;
  private final String owner;
  private final Deque<BsonDocument> ranges;
  private final Set<String> met = new HashSet<>();
  private final Map<String, Membership> inTopics = new HashMap<>();
  private @Nullable MongoCursor<ConversationHour> directions;
  private @Nullable ConversationHour ahead;
  private int round;
  private boolean begun;

  /**
   * Begins to read.
   *
   * @param before the end of the page before; null for the first page
   * @param limit conversations in the page
   */
  ConversationHeads(
      MongoTables tables,
      TopicReader topics,
      MembershipQueries memberships,
      ClientSession session,
      Deadline deadline,
      String owner,
      @Nullable ConversationCursor before,
      int limit) {
    this.tables = tables;
    this.topics = topics;
    this.memberships = memberships;
    this.session = session;
    this.deadline = deadline;
    this.owner = owner;
    this.ranges = ranges(before);
    // Two directions for each, and one more conversation than the page lists.
    this.round = 2 * (limit + 1) + 1;
    ahead = direction();
  }

  /**
   * The hours of those that may have moved since, and of those that may be left. A last message is
   * less than an hour older than its conversation's hour allows for: brokers' clocks differ by
   * less.
   */
  private static Deque<BsonDocument> ranges(@Nullable ConversationCursor before) {
    Deque<BsonDocument> ranges = new ArrayDeque<>();
    if (before == null) {
      ranges.add(new BsonDocument());
      return ranges;
    }
    long moved = ConversationHour.of(before.moved().time());
    long left = ConversationHour.of(before.before().time()) + 1;
    if (left >= moved - 1) {
      ranges.add(new BsonDocument());
    } else {
      ranges.add(hours("$gte", moved));
      ranges.add(hours("$lte", left));
    }
    return ranges;
  }

  private static BsonDocument hours(String relation, long hour) {
    return new BsonDocument(ChatList.HOUR, new BsonDocument(relation, new BsonInt64(hour)));
  }

  /** The next direction by hours, null at the end. */
  private @Nullable ConversationHour direction() {
    while (directions == null || !directions.hasNext()) {
      close();
      BsonDocument range = ranges.poll();
      if (range == null) {
        directions = null;
        return null;
      }
      directions =
          tables
              .collection(ViewCollection.CONVERSATIONS)
              .find(session, range.append(ChatList.OWNER, new BsonString(owner)))
              .sort(new BsonDocument(ChatList.HOUR, DOWN))
              .hintString(MongoForm.BY_HOUR)
              .batchSize(round + 1)
              .maxTime(deadline.leftMillis(), TimeUnit.MILLISECONDS)
              .cursor();
    }
    return directions.next();
  }

  @Override
  public void close() {
    if (directions != null) {
      directions.close();
    }
  }

  @Override
  public @Nullable Long leftBelow() {
    if (!begun) {
      return Long.MAX_VALUE;
    }
    return ahead == null ? null : ConversationHour.begin(ahead.hour() + 1);
  }

  @Override
  public List<Head> next() {
    List<String> fresh = new ArrayList<>();
    for (int i = 0; i < round && ahead != null; i++) {
      if (met.add(ahead.peer())) {
        fresh.add(ahead.peer());
      }
      ahead = direction();
    }
    round = Math.min(GROWTH * round, MOST_AT_ONCE);
    List<Head> heads = begun ? new ArrayList<>() : topics();
    begun = true;
    Map<String, BsonDocument> received =
        newest(
            Stream.P2P,
            Bson.to(owner).append(RecordMessage.FROM_ID, Bson.in(fresh)),
            RecordMessage.FROM_ID,
            MongoForm.HISTORY);
    Map<String, BsonDocument> sent =
        newest(
            Stream.P2P,
            new BsonDocument(RecordMessage.TO_ID, Bson.in(fresh))
                .append(RecordMessage.FROM_ID, new BsonString(owner)),
            RecordMessage.TO_ID,
            MongoForm.HISTORY);
    for (String peer : fresh) {
      Head head =
          Head.newer(head(received.get(peer), peer, owner), head(sent.get(peer), peer, peer));
      if (head != null) {
        heads.add(head);
      }
    }
    return heads;
  }

  /** The topics that the owner is in. */
  private List<Head> topics() {
    List<MembershipQueries.Named> current = memberships.current(session, owner);
    List<Head> heads = new ArrayList<>();
    if (!current.isEmpty()) {
      current.forEach(each -> inTopics.put(each.membership().topic(), each.membership()));
      Map<String, BsonDocument> newest =
          newest(
              Stream.TOPIC,
              new BsonDocument(RecordMessage.TO_ID, Bson.in(inTopics.keySet())),
              RecordMessage.TO_ID,
              MongoForm.NEWEST);
      for (MembershipQueries.Named each : current) {
        Membership member = each.membership();
        heads.add(head(member, each.name(), newest.get(member.topic())));
      }
    }
    return heads;
  }

  /**
   * The places of the newest messages of some conversations. The server seeks once for each of them
   * ({@code DISTINCT_SCAN}), however many messages they have.
   *
   * @param filter the conversations
   * @param by the field that tells them apart
   * @param index an index by that field, and by the offset after the fields that the filter fixes
   * @return the {@code Log} of each, by that field
   */
  private Map<String, BsonDocument> newest(
      Stream stream, BsonDocument filter, String by, String index) {
    BsonDocument newestFirst = new BsonDocument(by, DOWN);
    if (by.equals(RecordMessage.TO_ID) && filter.containsKey(RecordMessage.FROM_ID)) {
      newestFirst.append(RecordMessage.FROM_ID, DOWN);
    }
    newestFirst.append(MongoForm.LOG_OFFSET, DOWN);
    BsonDocument first =
        new BsonDocument("_id", new BsonString("$" + by))
            .append(
                RecordMessage.LOG,
                new BsonDocument("$first", new BsonString("$" + RecordMessage.LOG)));
    Map<String, BsonDocument> newest = new HashMap<>();
    tables
        .rawMessages(stream)
        .aggregate(
            session,
            List.of(
                new BsonDocument("$match", filter),
                new BsonDocument("$sort", newestFirst),
                new BsonDocument("$group", first)))
        .hintString(index)
        .batchSize(MOST_AT_ONCE)
        .maxTime(deadline.leftMillis(), TimeUnit.MILLISECONDS)
        .forEach(
            found ->
                newest.put(
                    found.getString("_id").getValue(), found.getDocument(RecordMessage.LOG)));
    return newest;
  }

  /** The newest message is visible, but for a member who has joined since, or joined again. */
  private Head head(Membership member, String name, @Nullable BsonDocument newest) {
    if (newest != null && member.sees(newest.getInt64(LogPlace.OFFSET).getValue())) {
      return Head.topic(
          member,
          name,
          position(Stream.TOPIC, newest),
          newest.getInt64(LogPlace.TIMESTAMP).getValue());
    }
    List<TopicPage.Entry> visible =
        newest == null || member.visible().size() == 1
            ? List.of()
            : topics.history(member, null, 1, 1).messages();
    return Head.topic(member, name, visible.isEmpty() ? null : visible.getFirst().stored());
  }

  private static @Nullable Head head(@Nullable BsonDocument log, String peer, String to) {
    if (log == null) {
      return null;
    }
    return Head.p2p(
        peer, to, position(Stream.P2P, log), log.getInt64(LogPlace.TIMESTAMP).getValue());
  }

  private static Position position(Stream stream, BsonDocument log) {
    return new Position(
        stream,
        log.getInt32(LogPlace.PARTITION).getValue(),
        log.getInt64(LogPlace.OFFSET).getValue());
  }

  /** The owner's membership in a topic that was handed over, without its mark. */
  Membership membership(String topic) {
    return Objects.requireNonNull(inTopics.get(topic), topic);
  }
}
