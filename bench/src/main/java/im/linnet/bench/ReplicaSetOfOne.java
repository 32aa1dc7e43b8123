package im.linnet.bench;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.Document;

/** A fresh mongod as the one member of its replica set. */
final class ReplicaSetOfOne {
  private static final int ALREADY_INITIALIZED = 23;
  private static final int ANSWER_SECONDS = 2;

  private ReplicaSetOfOne() {}

  /** Takes one step towards a primary. Returns true once the server is one; call it until then. */
  static boolean initiate(int port) {
    String address = "127.0.0.1:" + port;
    MongoClientSettings settings =
        MongoClientSettings.builder()
            .applyConnectionString(
                new ConnectionString("mongodb://" + address + "/?directConnection=true"))
            .applyToClusterSettings(
                cluster -> cluster.serverSelectionTimeout(ANSWER_SECONDS, TimeUnit.SECONDS))
            .build();
    try (MongoClient client = MongoClients.create(settings)) {
      MongoDatabase admin = client.getDatabase("admin");
      Document hello = admin.runCommand(new BsonDocument("hello", new BsonInt32(1)));
      if (hello.getBoolean("isWritablePrimary", false)) {
        return true;
      }
      if (!hello.containsKey("setName")) {
        BsonDocument member =
            new BsonDocument("_id", new BsonInt32(0)).append("host", new BsonString(address));
        BsonDocument set =
            new BsonDocument("_id", new BsonString("rs0"))
                .append("members", new BsonArray(java.util.List.of(member)));
        admin.runCommand(new BsonDocument("replSetInitiate", set));
      }
      return false;
    } catch (MongoCommandException e) {
      if (e.getErrorCode() == ALREADY_INITIALIZED) {
        return false;
      }
      throw e;
    } catch (MongoException e) {
      return false; // not listening yet
    }
  }
}
