package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCursor;
import im.linnet.records.ConversationCursor;
import im.linnet.records.ConversationHour;
import im.linnet.records.ConversationPage;
import im.linnet.records.ConversationPaging;
import im.linnet.records.ConversationPaging.Head;
import im.linnet.records.MessageDocument;
import im.linnet.records.StoredMessage;
import im.linnet.records.UnreadCounts;
import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.ChatList;
import im.linnet.schemas.document.LogPlace;
import im.linnet.schemas.document.RecordMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Pages of conversations. The hours say which conversations may stand in a page. One aggregation
 * looks up their last messages, with a seek in an index for each direction. Only the messages of
 * the page are read.
 */
final class ConversationQueries {
  private static final BsonInt32 DOWN = new BsonInt32(-1);
  private static final int GROWTH = 4;
  private static final int MOST_AT_ONCE = 4_000;
  private static final String RECEIVED = "received";
  private static final String SENT = "sent";
  private static final String UNREAD = "unread";
  private static final String COUNT = "n";

  private final MongoTables tables;
  private final long maxMillis;
  private final LongSupplier nanos;

  /**
   * @param maxMillis how long a page may take, with all its queries
   * @param nanos a clock
   */
  ConversationQueries(MongoTables tables, long maxMillis, LongSupplier nanos) {
    this.tables = tables;
    this.maxMillis = maxMillis;
    this.nanos = nanos;
  }

  ConversationPage page(
      ClientSession session,
      String owner,
      @Nullable ConversationCursor before,
      int limit,
      int bytes) {
    try (Reads reads = new Reads(session, owner, ranges(before), limit)) {
      return ConversationPaging.page(reads, reads, before, limit, bytes);
    }
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

  /** The reads of one page. */
  private final class Reads
      implements ConversationPaging.Heads, ConversationPaging.Details, AutoCloseable {
    private final ClientSession session;
    private final Deadline deadline = new Deadline(maxMillis, nanos);
    private final String owner;
    private final Deque<BsonDocument> ranges;
    private final Map<String, BsonString> met = new HashMap<>();
    private @Nullable MongoCursor<ConversationHour> directions;
    private @Nullable ConversationHour ahead;
    private int round;

    Reads(ClientSession session, String owner, Deque<BsonDocument> ranges, int limit) {
      this.session = session;
      this.owner = owner;
      this.ranges = ranges;
      // Two directions for each, and one more conversation than the page lists.
      this.round = 2 * (limit + 1) + 1;
      ahead = direction();
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
                .batchSize(round)
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
      return ahead == null ? null : ConversationHour.begin(ahead.hour() + 1);
    }

    @Override
    public List<Head> next() {
      List<String> fresh = new ArrayList<>();
      for (int i = 0; i < round && ahead != null; i++) {
        BsonString id = new BsonString(ConversationCodec.id(ahead));
        if (met.putIfAbsent(ahead.peer(), id) == null) {
          fresh.add(ahead.peer());
        }
        ahead = direction();
      }
      round = Math.min(GROWTH * round, MOST_AT_ONCE);
      List<Head> heads = new ArrayList<>();
      for (BsonDocument found :
          lookUp(
              fresh,
              last(RecordMessage.FROM_ID, RecordMessage.TO_ID, RECEIVED),
              last(RecordMessage.TO_ID, RecordMessage.FROM_ID, SENT))) {
        String peer = found.getString(ChatList.PEER).getValue();
        Head head =
            Head.newer(
                head(found.getArray(RECEIVED), peer, owner),
                head(found.getArray(SENT), peer, peer));
        if (head != null) {
          heads.add(head);
        }
      }
      return heads;
    }

    /** Looks something up for each of some peers. */
    private List<BsonDocument> lookUp(Collection<String> peers, BsonDocument... stages) {
      if (peers.isEmpty()) {
        return List.of();
      }
      BsonArray ids = new BsonArray();
      peers.forEach(peer -> ids.add(met.get(peer)));
      List<BsonDocument> pipeline = new ArrayList<>();
      pipeline.add(
          new BsonDocument("$match", new BsonDocument("_id", new BsonDocument("$in", ids))));
      pipeline.addAll(List.of(stages));
      return tables
          .collection(ViewCollection.CONVERSATIONS)
          .withDocumentClass(BsonDocument.class)
          .aggregate(session, pipeline, BsonDocument.class)
          .batchSize(peers.size() + 1)
          .maxTime(deadline.leftMillis(), TimeUnit.MILLISECONDS)
          .into(new ArrayList<>());
    }

    /** The last message of one direction. */
    private BsonDocument last(String peerField, String ownField, String as) {
      return messages(
          peerField,
          as,
          new BsonDocument("$match", new BsonDocument(ownField, new BsonString(owner))),
          new BsonDocument("$sort", new BsonDocument(MongoForm.LOG_OFFSET, DOWN)),
          new BsonDocument("$limit", new BsonInt32(1)),
          new BsonDocument("$project", new BsonDocument(RecordMessage.LOG, new BsonInt32(1))));
    }

    /** A look-up among the messages to or from the peer. */
    private BsonDocument messages(String peerField, String as, BsonDocument... pipeline) {
      return new BsonDocument(
          "$lookup",
          new BsonDocument(
                  "from",
                  new BsonString(tables.messages(Stream.P2P).getNamespace().getCollectionName()))
              .append("localField", new BsonString(ChatList.PEER))
              .append("foreignField", new BsonString(peerField))
              .append("pipeline", new BsonArray(List.of(pipeline)))
              .append("as", new BsonString(as)));
    }

    private static @Nullable Head head(BsonArray found, String peer, String to) {
      if (found.isEmpty()) {
        return null;
      }
      BsonDocument log = found.getFirst().asDocument().getDocument(RecordMessage.LOG);
      Position at =
          new Position(
              Stream.P2P,
              log.getInt32(LogPlace.PARTITION).getValue(),
              log.getInt64(LogPlace.OFFSET).getValue());
      return new Head(peer, to, at, log.getInt64(LogPlace.TIMESTAMP).getValue());
    }

    @Override
    public Map<Position, StoredMessage> messages(Collection<Head> heads) {
      Map<Position, StoredMessage> messages = new HashMap<>();
      tables
          .messages(Stream.P2P)
          .find(
              session,
              Bson.idIn(
                  heads.stream().map(head -> LogId.of(head.to(), head.at().offset())).toList()))
          .maxTime(deadline.leftMillis(), TimeUnit.MILLISECONDS)
          .map(MessageDocument::stored)
          .forEach(stored -> messages.put(stored.at(), stored));
      return messages;
    }

    @Override
    public Map<String, PeerCount> unread(Collection<String> peers) {
      BsonDocument unread = Bson.unread(Bson.to(owner));
      Map<String, PeerCount> counts = new HashMap<>();
      for (BsonDocument found :
          lookUp(
              peers,
              messages(
                  RecordMessage.FROM_ID,
                  UNREAD,
                  new BsonDocument("$match", unread),
                  new BsonDocument("$limit", new BsonInt32(UnreadCounts.MOST + 1)),
                  new BsonDocument("$count", new BsonString(COUNT))))) {
        for (BsonValue count : found.getArray(UNREAD)) {
          String peer = found.getString(ChatList.PEER).getValue();
          long n = count.asDocument().getNumber(COUNT).longValue();
          counts.put(peer, UnreadCounts.counted(peer, n));
        }
      }
      return counts;
    }
  }
}
