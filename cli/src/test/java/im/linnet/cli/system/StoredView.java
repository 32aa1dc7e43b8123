package im.linnet.cli.system;

import static com.mongodb.client.model.Accumulators.max;
import static com.mongodb.client.model.Aggregates.group;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The view as a program sees it that knows nothing but the given collections. */
final class StoredView implements AutoCloseable {
  private final MongoClient client;
  private final MongoDatabase database;

  StoredView(Installation linnet) {
    client = MongoClients.create(linnet.mongoUri());
    database = client.getDatabase(linnet.database());
  }

  /**
   * A document of {@code p2p_record_message} and its like.
   *
   * @param message all that its recipient saw of it
   * @param seconds its {@code Time}
   * @param read its {@code IsRead}: whether, or who
   */
  record Row(Delivery message, long seconds, Object read) {}

  /** The rows that there ought to be, by uuid. */
  static Map<String, Row> expected(LogModel log) {
    Map<String, Object> read = log.readState();
    Map<String, Row> rows = new HashMap<>();
    log.messages()
        .forEach(
            (uuid, message) ->
                rows.put(uuid, new Row(message, message.time() / 1_000, read.get(uuid))));
    return rows;
  }

  /** The rows that there are of all kinds, by uuid. */
  Map<String, Row> rows() {
    Map<String, Row> rows = new HashMap<>();
    for (String kind : List.of("p2p", "mutual", "topic")) {
      for (Document found : messages(kind).find()) {
        Delivery message =
            new Delivery(
                at(kind, found),
                found.get("Log", Document.class).getLong("Timestamp"),
                found.getString("FromID"),
                found.getString("ToID"),
                found.getString("Type"),
                found.getString("Content"));
        Row row = new Row(message, found.getLong("Time"), found.get("IsRead"));
        Row other = rows.put(found.getString("UUID"), row);
        if (other != null) {
          throw new AssertionError("stored twice: " + row + " and " + other);
        }
      }
    }
    return rows;
  }

  private static String at(String stream, Document document) {
    Document log = document.get("Log", Document.class);
    return stream + "/" + log.getInteger("Partition") + "/" + log.getLong("Offset");
  }

  /** The topics, by id. */
  Map<String, TopicModel.Info> topics() {
    Map<String, TopicModel.Info> all = new HashMap<>();
    for (Document found : database.getCollection("topic_info").find()) {
      all.put(
          found.getString("TopicID"),
          new TopicModel.Info(
              found.getString("FounderID"),
              found.getList("ClientsID", String.class),
              found.getString("TopicName"),
              found.getBoolean("History"),
              found.getBoolean("Disbanded"),
              at("topic", found)));
    }
    return all;
  }

  /** Who was in a topic, by {@code <topic>/<user>}. */
  Map<String, TopicModel.Member> memberships() {
    Map<String, TopicModel.Member> all = new HashMap<>();
    for (Document found : database.getCollection("topic_member").find()) {
      all.put(
          found.getString("TopicID") + "/" + found.getString("ClientID"),
          new TopicModel.Member(
              found.getLong("JoinTime"),
              found.getList("Spans", Document.class).stream()
                  .map(span -> span.getLong("Join") + "-" + Objects.toString(span.get("Left"), ""))
                  .toList()));
    }
    return all;
  }

  /** The friends of each who has any. */
  Map<String, Set<String>> friends() {
    Map<String, Set<String>> all = new HashMap<>();
    for (Document found : database.getCollection("client_info").find()) {
      List<String> friends = found.getList("Friends", String.class, List.of());
      if (!friends.isEmpty()) {
        all.put(found.getString("ClientID"), new TreeSet<>(friends));
      }
    }
    return all;
  }

  /** Friend requests by {@code <owner>/<uuid>}. */
  Map<String, FriendLog.Request> requests() {
    Map<String, FriendLog.Request> all = new HashMap<>();
    for (Document found : database.getCollection("friend_request").find()) {
      all.put(
          found.getString("Owner") + "/" + found.getString("UUID"),
          new FriendLog.Request(
              found.getString("ReqUserID"),
              found.getString("UserID"),
              found.getInteger("Status"),
              found.getLong("Time")));
    }
    return all;
  }

  /** Whether it has messages that its own position does not cover: a batch that was cut short. */
  boolean isAheadOfItsPosition() {
    Document next =
        database.getCollection("view").find(Filters.eq("view")).first().get("Next", Document.class);
    List<Bson> newest = List.of(group("$Log.Partition", max("offset", "$Log.Offset")));
    for (Document partition : messages("p2p").aggregate(newest)) {
      Long position = next.getLong("p2p/" + partition.getInteger("_id"));
      if (position == null || partition.getLong("offset") >= position) {
        return true;
      }
    }
    return false;
  }

  /** Spoils it in every way that a rebuild is to mend: gone, altered, put in. */
  void spoil() {
    MongoCollection<Document> messages = messages("p2p");
    Document lost = messages.findOneAndDelete(Filters.eq("IsRead", true));
    Document altered =
        messages.findOneAndUpdate(Filters.eq("IsRead", false), Updates.set("Content", "not so"));
    Document turned =
        messages.findOneAndUpdate(Filters.eq("IsRead", true), Updates.set("IsRead", false));
    Document undelivered = database.getCollection("inbox").findOneAndDelete(new Document());
    Document left =
        database
            .getCollection("topic_member")
            .findOneAndUpdate(Filters.exists("Spans.Left"), Updates.set("Spans", List.of()));
    Document unasked = database.getCollection("friend_request").findOneAndDelete(new Document());
    if (lost == null
        || altered == null
        || turned == null
        || undelivered == null
        || left == null
        || unasked == null) {
      throw new AssertionError("there is too little to spoil");
    }
    messages.insertOne(lost.append("_id", "nobody/sent/this").append("UUID", "sent"));
  }

  private MongoCollection<Document> messages(String kind) {
    return database.getCollection(kind + "_record_message");
  }

  @Override
  public void close() {
    client.close();
  }
}
