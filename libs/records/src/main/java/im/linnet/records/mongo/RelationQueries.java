package im.linnet.records.mongo;

import com.mongodb.client.AggregateIterable;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import im.linnet.records.Circle;
import im.linnet.records.ClientDocument;
import im.linnet.records.CommandId;
import im.linnet.records.PairState;
import im.linnet.records.Relations;
import im.linnet.records.RequestStatus;
import im.linnet.records.StoredRequest;
import im.linnet.records.StoredVerdict;
import im.linnet.schemas.document.FriendRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Friends, blocks, friend requests and verdicts. */
final class RelationQueries {
  private static final BsonInt32 DOWN = new BsonInt32(-1);

  /** Directions of pairs that one query asks for. */
  private static final int TOGETHER = 50;

  private final MongoTables tables;
  private final long maxMillis;

  RelationQueries(MongoTables tables, long maxMillis) {
    this.tables = tables;
    this.maxMillis = maxMillis;
  }

  Relations relations(ClientSession session, String user) {
    ClientDocument found =
        tables
            .clientDocuments()
            .find(session, Bson.id(user))
            .maxTime(maxMillis, TimeUnit.MILLISECONDS)
            .first();
    return found == null ? Relations.NONE : found.relations();
  }

  List<StoredRequest> requests(ClientSession session, String owner, int limit) {
    return tables
        .requests()
        .find(
            session,
            new BsonDocument(
                "_id",
                new BsonDocument("$gte", new BsonString(LogId.of(owner, 0)))
                    .append("$lte", new BsonString(LogId.of(owner, Long.MAX_VALUE)))))
        .sort(new BsonDocument("_id", DOWN))
        .limit(limit)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .into(new ArrayList<>());
  }

  Map<String, PairState> pairs(ClientSession session, Collection<PairState> pairs) {
    if (pairs.isEmpty()) {
      return Map.of();
    }
    Map<String, Relations> relations = relationsOf(session, pairs);
    Map<String, StoredRequest> newest = newestRequests(session, pairs);
    Map<String, PairState> found = new HashMap<>();
    for (PairState pair : pairs) {
      Relations ofOne = relations.getOrDefault(pair.one(), Relations.NONE);
      found.put(
          pair.key(),
          new PairState(
              pair.one(),
              pair.other(),
              ofOne.of(Circle.FRIENDS).contains(pair.other()),
              status(newest.get(direction(pair.one(), pair.one(), pair.other()))),
              status(newest.get(direction(pair.one(), pair.other(), pair.one()))),
              ofOne.of(Circle.BLOCKED).contains(pair.other()),
              ofOne.of(Circle.BLOCKED_BY).contains(pair.other())));
    }
    return found;
  }

  /** Counts them where they lie. */
  Map<String, Integer> sizes(ClientSession session, Circle circle, Collection<String> users) {
    if (users.isEmpty()) {
      return Map.of();
    }
    String field = ClientForm.field(circle);
    BsonArray orNone = new BsonArray(List.of(new BsonString("$" + field), new BsonArray()));
    BsonDocument count =
        new BsonDocument(field, new BsonDocument("$size", new BsonDocument("$ifNull", orNone)));
    Map<String, Integer> found = new HashMap<>();
    tables
        .clients()
        .find(session, Bson.idIn(users))
        .projection(count)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .forEach(
            each -> found.put(each.getString("_id").getValue(), each.getInt32(field).getValue()));
    return found;
  }

  private Map<String, Relations> relationsOf(ClientSession session, Collection<PairState> pairs) {
    Map<String, Relations> relations = new HashMap<>();
    tables
        .clientDocuments()
        .find(session, Bson.idIn(pairs.stream().map(PairState::one).distinct().toList()))
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .forEach(each -> relations.put(each.user(), each.relations()));
    return relations;
  }

  /** By direction. A pair may have any number of requests, so only the newest one is read. */
  private Map<String, StoredRequest> newestRequests(
      ClientSession session, Collection<PairState> pairs) {
    List<BsonDocument> directions = new ArrayList<>();
    for (PairState pair : pairs) {
      directions.add(RequestForm.ofPair(pair.one(), pair.one(), pair.other()));
      directions.add(RequestForm.ofPair(pair.one(), pair.other(), pair.one()));
    }
    Map<String, StoredRequest> newest = new HashMap<>();
    for (int i = 0; i < directions.size(); i += TOGETHER) {
      newest(session, directions.subList(i, Math.min(directions.size(), i + TOGETHER)))
          .forEach(
              found -> newest.put(direction(found.owner(), found.reqUser(), found.user()), found));
    }
    return newest;
  }

  /** The newest request of each filter. */
  private AggregateIterable<StoredRequest> newest(
      ClientSession session, List<BsonDocument> filters) {
    MongoCollection<StoredRequest> requests = tables.requests();
    String name = requests.getNamespace().getCollectionName();
    List<BsonDocument> pipeline = new ArrayList<>(newest(filters.getFirst()));
    for (BsonDocument filter : filters.subList(1, filters.size())) {
      pipeline.add(
          new BsonDocument(
              "$unionWith",
              new BsonDocument("coll", new BsonString(name))
                  .append("pipeline", new BsonArray(newest(filter)))));
    }
    return requests.aggregate(session, pipeline).maxTime(maxMillis, TimeUnit.MILLISECONDS);
  }

  private static List<BsonDocument> newest(BsonDocument filter) {
    return List.of(
        new BsonDocument("$match", filter),
        new BsonDocument("$sort", new BsonDocument(RequestForm.LOG_OFFSET, DOWN)),
        new BsonDocument("$limit", new BsonInt32(1)));
  }

  private static String direction(String owner, String asker, String asked) {
    return owner + '/' + asker + '/' + asked;
  }

  private static @Nullable RequestStatus status(@Nullable StoredRequest request) {
    return request == null ? null : request.status();
  }

  Map<CommandId, StoredVerdict> verdicts(ClientSession session, Collection<CommandId> commands) {
    Map<CommandId, StoredVerdict> found = new HashMap<>();
    if (!commands.isEmpty()) {
      tables
          .verdicts()
          .find(session, Bson.idIn(commands.stream().map(VerdictForm::id).toList()))
          .maxTime(maxMillis, TimeUnit.MILLISECONDS)
          .forEach(each -> found.put(each.command(), each));
    }
    return found;
  }

  /** The index by which the newest request of a pair is found. */
  static BsonDocument pairIndex() {
    BsonInt32 up = new BsonInt32(1);
    return new BsonDocument(FriendRequest.OWNER, up)
        .append(FriendRequest.REQ_USER_ID, up)
        .append(FriendRequest.USER_ID, up)
        .append(RequestForm.LOG_OFFSET, up);
  }
}
