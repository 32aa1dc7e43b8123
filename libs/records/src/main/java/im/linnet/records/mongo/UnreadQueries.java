package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.model.CountOptions;
import im.linnet.records.MessageDocument;
import im.linnet.records.StoredMessage;
import im.linnet.records.UnreadCounts;
import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.LogPlace;
import im.linnet.schemas.document.RecordMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * Unread messages, from an index of these alone. It is ordered by recipient, sender and offset.
 *
 * <p>Counting reads the index in rounds of some thousand keys; a sender with more unread than is
 * counted ends a round and is passed by a seek, so ten million unread messages of one sender cost
 * one round.
 *
 * <p>Reading in offset order merges the senders: the server merges some hundred ranges of the index
 * lazily, so a page costs a seek for each sender and a key for each message of the page, however
 * much is unread. For a user with more senders than {@link #MOST_MERGED} the server sorts.
 */
final class UnreadQueries {
  /** Index keys read in one round of counting; more than are counted of one sender. */
  static final int ROUND = 4 * UnreadCounts.MOST;

  /** Ranges in one query: the server's own bound for merging ranges is 200. */
  static final int MERGED_AT_ONCE = 200;

  /** The most senders for whom a page is merged. */
  static final int MOST_MERGED = 20_000;

  private static final BsonInt32 UP = new BsonInt32(1);
  private static final BsonInt32 DOWN = new BsonInt32(-1);

  private final MongoTables tables;
  private final long maxMillis;
  private final LongSupplier nanos;

  /**
   * @param maxMillis how long each of the questions below may take, with all its queries
   * @param nanos a clock
   */
  UnreadQueries(MongoTables tables, long maxMillis, LongSupplier nanos) {
    this.tables = tables;
    this.maxMillis = maxMillis;
    this.nanos = nanos;
  }

  /** One question: its session, and when it must be answered. */
  private record Call(ClientSession session, Deadline deadline) {}

  private Call call(ClientSession session) {
    return new Call(session, new Deadline(maxMillis, nanos));
  }

  UnreadCounts counts(ClientSession session, String user) {
    Call call = call(session);
    CountOptions bounded =
        new CountOptions()
            .limit(UnreadCounts.MOST + 1)
            .hintString(MongoForm.UNREAD)
            .maxTime(call.deadline().leftMillis(), TimeUnit.MILLISECONDS);
    long mutual =
        tables.messages(Stream.MUTUAL).countDocuments(session, Bson.unread(Bson.to(user)), bounded);
    return UnreadCounts.found(bySender(call, user), mutual);
  }

  /** The senders by name: all of them, or more than are listed. */
  private List<PeerCount> bySender(Call call, String user) {
    List<PeerCount> counts = new ArrayList<>();
    BsonDocument from = new BsonDocument();
    while (counts.size() <= UnreadCounts.MOST_PEERS) {
      List<BsonDocument> round = round(call, user, from);
      long keys = round.stream().mapToLong(UnreadQueries::count).sum();
      boolean isLast = keys < ROUND;
      for (BsonDocument group : isLast ? round : round.subList(0, round.size() - 1)) {
        counts.add(peer(group));
      }
      if (isLast) {
        break;
      }
      // The round may have ended among the keys of its last sender.
      BsonDocument cut = round.getLast();
      boolean isCounted = count(cut) > UnreadCounts.MOST;
      if (isCounted) {
        counts.add(peer(cut));
      }
      from = new BsonDocument(isCounted ? "$gt" : "$gte", cut.get("_id"));
    }
    return counts;
  }

  /** How much is unread of some senders, of those of whom something is, by sender. */
  Map<String, PeerCount> from(ClientSession session, String user, Collection<String> senders) {
    Call call = call(session);
    Map<String, PeerCount> counts = new HashMap<>();
    NavigableSet<String> left = new TreeSet<>(senders);
    while (!left.isEmpty()) {
      List<BsonDocument> round = round(call, user, Bson.in(left));
      round.forEach(group -> counts.put(group.getString("_id").getValue(), peer(group)));
      if (round.stream().mapToLong(UnreadQueries::count).sum() < ROUND) {
        break;
      }
      // The round may have ended among the keys of its last sender.
      BsonDocument cut = round.getLast();
      boolean isCounted = count(cut) > UnreadCounts.MOST;
      left = left.tailSet(cut.getString("_id").getValue(), !isCounted);
    }
    return counts;
  }

  private List<BsonDocument> round(Call call, String user, BsonDocument from) {
    BsonDocument filter = Bson.unread(Bson.to(user));
    if (!from.isEmpty()) {
      filter.append(RecordMessage.FROM_ID, from);
    }
    BsonDocument byKeys =
        new BsonDocument(RecordMessage.TO_ID, UP)
            .append(RecordMessage.FROM_ID, UP)
            .append(MongoForm.LOG_OFFSET, UP);
    BsonDocument group = bySenderGroup().append("n", new BsonDocument("$sum", new BsonInt32(1)));
    List<BsonDocument> groups =
        aggregate(
            call,
            Stream.P2P,
            List.of(
                new BsonDocument("$match", filter),
                new BsonDocument("$sort", byKeys),
                new BsonDocument("$limit", new BsonInt32(ROUND)),
                new BsonDocument("$group", group)));
    groups.sort(Comparator.comparing(each -> each.getString("_id").getValue()));
    return groups;
  }

  private static BsonDocument bySenderGroup() {
    return new BsonDocument("_id", new BsonString("$" + RecordMessage.FROM_ID));
  }

  private static long count(BsonDocument group) {
    return group.getNumber("n").longValue();
  }

  private static PeerCount peer(BsonDocument group) {
    long count = count(group);
    return new PeerCount(
        group.getString("_id").getValue(),
        Math.min(count, UnreadCounts.MOST),
        count > UnreadCounts.MOST);
  }

  List<StoredMessage> page(
      ClientSession session, Stream stream, String user, long above, long below, int limit) {
    Call call = call(session);
    List<StoredMessage> page = new ArrayList<>();
    long bound = below;
    for (List<String> senders : senders(call, stream, user)) {
      query(
              call,
              stream,
              MessageDocument.class,
              user,
              senders,
              Bson.between(above, bound),
              UP,
              limit)
          .forEach(document -> page.add(document.stored()));
      page.sort(Comparator.comparingLong(stored -> stored.at().offset()));
      if (page.size() > limit) {
        page.subList(limit, page.size()).clear();
      }
      if (page.size() == limit) {
        bound = page.getLast().at().offset();
      }
    }
    return page;
  }

  long floor(ClientSession session, Stream stream, String user, long above, long below, int limit) {
    Call call = call(session);
    List<Long> newest = new ArrayList<>();
    long bound = above;
    for (List<String> senders : senders(call, stream, user)) {
      query(
              call,
              stream,
              BsonDocument.class,
              user,
              senders,
              Bson.between(bound, below),
              DOWN,
              limit + 1)
          .projection(
              new BsonDocument("_id", new BsonInt32(0))
                  .append(MongoForm.LOG_OFFSET, new BsonInt32(1)))
          .forEach(document -> newest.add(offset(document)));
      newest.sort(Comparator.reverseOrder());
      if (newest.size() > limit + 1) {
        newest.subList(limit + 1, newest.size()).clear();
      }
      if (newest.size() == limit + 1) {
        bound = newest.getLast();
      }
    }
    return newest.size() > limit ? newest.get(limit) : above;
  }

  private static long offset(BsonDocument document) {
    return document.getDocument(RecordMessage.LOG).getInt64(LogPlace.OFFSET).getValue();
  }

  private <T> FindIterable<T> query(
      Call call,
      Stream stream,
      Class<T> type,
      String user,
      List<String> senders,
      BsonDocument offsets,
      BsonInt32 order,
      int limit) {
    BsonDocument filter = Bson.unread(Bson.to(user));
    if (!senders.isEmpty()) {
      filter.append(RecordMessage.FROM_ID, Bson.in(senders));
    }
    return tables
        .messages(stream)
        .withDocumentClass(type)
        .find(call.session(), filter.append(MongoForm.LOG_OFFSET, offsets))
        .sort(new BsonDocument(MongoForm.LOG_OFFSET, order))
        .hintString(MongoForm.UNREAD)
        .limit(limit)
        .batchSize(limit + 1)
        .maxTime(call.deadline().leftMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The senders of a user's unread messages, in groups that one query merges. An empty group stands
   * for everybody.
   */
  private List<List<String>> senders(Call call, Stream stream, String user) {
    List<BsonDocument> found =
        aggregate(
            call,
            stream,
            List.of(
                new BsonDocument("$match", Bson.unread(Bson.to(user))),
                new BsonDocument("$group", bySenderGroup()),
                new BsonDocument("$limit", new BsonInt64(MOST_MERGED + 1L))));
    if (found.size() > MOST_MERGED) {
      return List.of(List.of());
    }
    List<List<String>> groups = new ArrayList<>();
    for (int i = 0; i < found.size(); i += MERGED_AT_ONCE) {
      Function<BsonDocument, String> name = each -> each.getString("_id").getValue();
      groups.add(
          found.subList(i, Math.min(found.size(), i + MERGED_AT_ONCE)).stream().map(name).toList());
    }
    return groups;
  }

  private List<BsonDocument> aggregate(Call call, Stream stream, List<BsonDocument> pipeline) {
    return tables
        .rawMessages(stream)
        .aggregate(call.session(), pipeline)
        .hintString(MongoForm.UNREAD)
        .maxTime(call.deadline().leftMillis(), TimeUnit.MILLISECONDS)
        .into(new ArrayList<>());
  }
}
