package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.StoredContact;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.document.ContactInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** The notes of users about each other. */
final class ContactQueries {
  private final MongoTables tables;
  private final long maxMillis;

  ContactQueries(MongoTables tables, long maxMillis) {
    this.tables = tables;
    this.maxMillis = maxMillis;
  }

  List<StoredContact> page(ClientSession session, String owner, String after, int limit) {
    BsonDocument behind = new BsonDocument("$gt", new BsonString(after));
    return tables
        .collection(ViewCollection.CONTACTS)
        .find(
            session,
            new BsonDocument(ContactInfo.CLIENT_ID, new BsonString(owner))
                .append(ContactInfo.USER_ID, behind))
        .sort(new BsonDocument(ContactInfo.USER_ID, new BsonInt32(1)))
        .hintString(MongoForm.CONTACT)
        .limit(limit)
        .batchSize(limit + 1)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .into(new ArrayList<>());
  }

  @Nullable StoredContact find(ClientSession session, String owner, String user) {
    return tables
        .collection(ViewCollection.CONTACTS)
        .find(session, Bson.id(ContactCodec.id(owner, user)))
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .first();
  }
}
