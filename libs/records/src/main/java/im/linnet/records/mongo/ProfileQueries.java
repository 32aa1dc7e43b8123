package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.StoredProfile;
import im.linnet.schemas.document.ClientInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** The profiles of users. */
final class ProfileQueries {
  private static final BsonInt32 KEPT = new BsonInt32(1);
  private static final BsonDocument PROFILE =
      new BsonDocument(ClientInfo.CLIENT_ID, KEPT)
          .append(ClientInfo.NICKNAME, KEPT)
          .append(ClientInfo.AVATAR, KEPT)
          .append(ClientInfo.PROFILE_GUARD, KEPT);

  private final MongoTables tables;
  private final long maxMillis;

  ProfileQueries(MongoTables tables, long maxMillis) {
    this.tables = tables;
    this.maxMillis = maxMillis;
  }

  List<StoredProfile> of(ClientSession session, Collection<String> users) {
    if (users.isEmpty()) {
      return List.of();
    }
    BsonDocument isThere = new BsonDocument("$exists", BsonBoolean.TRUE);
    return tables
        .clients()
        .find(session, Bson.idIn(users).append(ClientInfo.PROFILE_GUARD, isThere))
        .projection(PROFILE)
        .batchSize(users.size() + 1)
        .maxTime(maxMillis, TimeUnit.MILLISECONDS)
        .map(ClientForm::profile)
        .into(new ArrayList<>());
  }
}
