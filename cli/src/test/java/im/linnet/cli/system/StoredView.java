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
   * A document of {@code p2p_record_message}.
   *
   * @param message all that its recipient saw of it
   * @param seconds its {@code Time}
   */
  record Row(Delivery message, long seconds, boolean read) {}

  /** The rows that there ought to be, by uuid. */
  static Map<String, Row> expected(LogModel log) {
    Map<String, Boolean> read = log.readState();
    Map<String, Row> rows = new HashMap<>();
    log.messages()
        .forEach(
            (uuid, message) ->
                rows.put(uuid, new Row(message, message.time() / 1_000, read.get(uuid))));
    return rows;
  }

  /** The rows that there are, by uuid. */
  Map<String, Row> rows() {
    Map<String, Row> rows = new HashMap<>();
    for (Document found : messages().find()) {
      Document log = found.get("Log", Document.class);
      Delivery message =
          new Delivery(
              "p2p/" + log.getInteger("Partition") + "/" + log.getLong("Offset"),
              log.getLong("Timestamp"),
              found.getString("FromID"),
              found.getString("ToID"),
              found.getString("Type"),
              found.getString("Content"));
      Row row = new Row(message, found.getLong("Time"), found.getBoolean("IsRead"));
      Row other = rows.put(found.getString("UUID"), row);
      if (other != null) {
        throw new AssertionError("stored twice: " + row + " and " + other);
      }
    }
    return rows;
  }

  /** Whether it has messages that its own position does not cover: a batch that was cut short. */
  boolean isAheadOfItsPosition() {
    Document next =
        database.getCollection("view").find(Filters.eq("view")).first().get("Next", Document.class);
    List<Bson> newest = List.of(group("$Log.Partition", max("offset", "$Log.Offset")));
    for (Document partition : messages().aggregate(newest)) {
      Long position = next.getLong("p2p/" + partition.getInteger("_id"));
      if (position == null || partition.getLong("offset") >= position) {
        return true;
      }
    }
    return false;
  }

  /** Spoils it in every way that a rebuild is to mend: gone, altered, put in. */
  void spoil() {
    Document lost = messages().findOneAndDelete(Filters.eq("IsRead", true));
    Document altered =
        messages().findOneAndUpdate(Filters.eq("IsRead", false), Updates.set("Content", "not so"));
    Document turned =
        messages().findOneAndUpdate(Filters.eq("IsRead", true), Updates.set("IsRead", false));
    Document undelivered = database.getCollection("inbox").findOneAndDelete(new Document());
    if (lost == null || altered == null || turned == null || undelivered == null) {
      throw new AssertionError("there is too little to spoil");
    }
    messages().insertOne(lost.append("_id", "nobody/sent/this").append("UUID", "sent"));
  }

  private MongoCollection<Document> messages() {
    return database.getCollection("p2p_record_message");
  }

  @Override
  public void close() {
    client.close();
  }
}
