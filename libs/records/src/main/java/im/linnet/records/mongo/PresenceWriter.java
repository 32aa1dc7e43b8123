package im.linnet.records.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import im.linnet.records.PresenceDirectory.PresenceEntry;
import im.linnet.schemas.document.ClientInfo;
import im.linnet.schemas.document.Kvs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** The presence fields of {@code client_info}, and {@code kvs}. */
final class PresenceWriter {
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final MongoCollection<BsonDocument> clients;
  private final MongoCollection<BsonDocument> kvs;

  PresenceWriter(MongoDatabase database) {
    var durable = MongoTables.durable(database.getWriteConcern());
    clients =
        database.getCollection(ClientInfo.COLLECTION, BsonDocument.class).withWriteConcern(durable);
    kvs = database.getCollection(Kvs.COLLECTION, BsonDocument.class).withWriteConcern(durable);
  }

  /** Creates the indexes that are missing. */
  void create() {
    BsonInt32 up = new BsonInt32(1);
    IndexOptions unique = new IndexOptions().unique(true);
    clients.createIndex(new BsonDocument(ClientInfo.CLIENT_ID, up), unique);
    kvs.createIndex(new BsonDocument(Kvs.TYPE, up).append(Kvs.KEY, up), unique);
  }

  void save(Collection<PresenceEntry> entries) {
    UpsertBulk.write(
        entries.stream()
            .map(entry -> new UpdateOneModel<BsonDocument>(below(entry), update(entry), UPSERT))
            .toList(),
        some -> clients.bulkWrite(some, UpsertBulk.UNORDERED));
  }

  private static BsonDocument below(PresenceEntry entry) {
    BsonDocument atOrAbove = new BsonDocument("$gte", new BsonInt64(entry.guard()));
    return Bson.id(entry.user())
        .append(ClientInfo.PRESENCE_GUARD, new BsonDocument("$not", atOrAbove));
  }

  private static BsonDocument update(PresenceEntry entry) {
    BsonDocument fields =
        new BsonDocument(ClientInfo.CLIENT_ADDR, new BsonString(entry.address()))
            .append(ClientInfo.MSG_SERVER_ADDR, new BsonString(entry.edgeAddress()))
            .append(ClientInfo.ALIVE, BsonBoolean.valueOf(entry.alive()))
            .append(ClientInfo.LAST_SEEN, new BsonInt64(entry.lastSeen()))
            .append(ClientInfo.PRESENCE_GUARD, new BsonInt64(entry.guard()));
    return new BsonDocument("$set", fields).append("$setOnInsert", ClientForm.first(entry.user()));
  }

  void saveEdges(String trackerAddress, List<String> edgeAddresses) {
    List<BsonString> edges = new ArrayList<>(edgeAddresses.size());
    edgeAddresses.forEach(edge -> edges.add(new BsonString(edge)));
    BsonDocument fields =
        new BsonDocument(Kvs.TYPE, new BsonString(Kvs.TYPE_EDGES))
            .append(Kvs.KEY, new BsonString(trackerAddress))
            .append(Kvs.VALUE, new BsonArray(edges));
    kvs.updateOne(
        Bson.id(Kvs.TYPE_EDGES + "/" + trackerAddress), new BsonDocument("$set", fields), UPSERT);
  }
}
