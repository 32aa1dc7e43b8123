package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import im.linnet.testkit.MongoServer;
import java.nio.charset.StandardCharsets;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** A database of its own on a server, and a plain client to look at it with. */
final class MongoFixture implements AutoCloseable {
  private final String uri;
  private final MongoClient client;
  private final MongoDatabase database;

  MongoFixture(MongoServer server) {
    String name = server.freshDatabase();
    uri = uri(server.uri(), name);
    client = MongoClients.create(uri);
    database = client.getDatabase(name);
  }

  /** Puts a database into a URI that has a query. */
  static String uri(String server, String database) {
    return server.contains("/?")
        ? server.replace("/?", "/" + database + "?")
        : server + "/" + database;
  }

  MongoRecordStore store() {
    return new MongoRecordStore(MongoSettings.of(uri));
  }

  String uri() {
    return uri;
  }

  MongoDatabase database() {
    return database;
  }

  /** A session of the plain client; the caller closes it. */
  ClientSession session() {
    return client.startSession();
  }

  BsonDocument only(String collection) {
    return database.getCollection(collection, BsonDocument.class).find().first();
  }

  /** A user's document in {@code client_info}. */
  BsonDocument client(String user) {
    return database.getCollection("client_info", BsonDocument.class).find(Bson.id(user)).first();
  }

  /** The bytes of every document of every collection, as text. */
  String everything() {
    StringBuilder all = new StringBuilder();
    for (String name : database.listCollectionNames()) {
      for (RawBsonDocument document : database.getCollection(name, RawBsonDocument.class).find()) {
        all.append(new String(document.getByteBuffer().array(), StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }

  @Override
  public void close() {
    database.drop();
    client.close();
  }
}
