package im.linnet.records.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoDatabase;
import im.linnet.records.StoreUnusableException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.mongodb.MongoMetricsConnectionPoolListener;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** How the servers of a view are reached, and which of them will do. */
final class MongoServers {
  /** A name or an IPv4 address, an IPv6 address in brackets, or a socket in a folder. */
  private static final Pattern HOST =
      Pattern.compile("([\\p{L}\\p{N}._-]+|\\[[0-9A-Fa-f:.%\\w]+])(:\\d+)?|/\\S+\\.sock");

  /** That of MongoDB 6.0: marks in topics sort arrays, which servers before 5.2 cannot. */
  private static final int LEAST_WIRE_VERSION = 17;

  private static final BsonInt32 NO_VERSION = new BsonInt32(0);

  private MongoServers() {}

  /**
   * Checks the hosts of a URI. The driver takes any text for a host, and then looks for it without
   * end.
   *
   * @throws IllegalArgumentException if one of them is none
   */
  static void requireHosts(ConnectionString uri) {
    for (String host : uri.getHosts()) {
      if (!HOST.matcher(host).matches()) {
        throw new IllegalArgumentException("not a host: " + host);
      }
    }
  }

  /**
   * The settings of a client.
   *
   * @param meters gets the meters of the pool
   */
  static MongoClientSettings clientSettings(
      ConnectionString uri, MongoSettings settings, MeterRegistry meters) {
    long selection = settings.selection().toMillis();
    int socket = Math.toIntExact(settings.socket().toMillis());
    MongoClientSettings given = MongoClientSettings.builder().applyConnectionString(uri).build();
    return MongoClientSettings.builder(given)
        .applicationName("linnet")
        .readPreference(ReadPreference.primary())
        .readConcern(ReadConcern.MAJORITY)
        .writeConcern(
            MongoTables.durable(given.getWriteConcern())
                .withWTimeout(socket, TimeUnit.MILLISECONDS))
        .applyToClusterSettings(
            cluster -> cluster.serverSelectionTimeout(selection, TimeUnit.MILLISECONDS))
        .applyToSocketSettings(
            sockets ->
                sockets
                    .connectTimeout(selection, TimeUnit.MILLISECONDS)
                    .readTimeout(socket, TimeUnit.MILLISECONDS))
        .applyToConnectionPoolSettings(
            pool ->
                pool.addConnectionPoolListener(new MongoMetricsConnectionPoolListener(meters))
                    .maxSize(settings.maxConnections())
                    .minSize(0)
                    .maxWaitTime(selection, TimeUnit.MILLISECONDS))
        .build();
  }

  /**
   * Checks the servers of a database.
   *
   * @throws StoreUnusableException if they are no replica set, or too old
   */
  static void requireFit(MongoDatabase database) {
    BsonDocument hello =
        database.runCommand(
            new BsonDocument("hello", new BsonInt32(1)),
            ReadPreference.primary(),
            BsonDocument.class);
    if (!hello.containsKey("setName") && !hello.containsKey("msg")) {
      throw new StoreUnusableException(
          "this MongoDB is a standalone server, and a view needs a replica set (one member will"
              + " do): start mongod with --replSet rs0 and run rs.initiate() once in mongosh");
    }
    if (hello.getNumber("maxWireVersion", NO_VERSION).intValue() < LEAST_WIRE_VERSION) {
      throw new StoreUnusableException(
          "this MongoDB is older than 6.0, and a view needs 6.0 or later: upgrade its servers, or"
              + " name others in the MongoDB URI");
    }
  }
}
