package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.model.UpdateOneModel;
import im.linnet.records.Change;
import im.linnet.records.RecordPlan;
import im.linnet.records.SaveProfile;
import im.linnet.schemas.document.ClientInfo;
import im.linnet.schemas.event.ProfileEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Writes profiles: all changes of a profile in a plan by one update. */
final class ProfileWriter implements ChangeWriter {
  private final MongoTables tables;

  ProfileWriter(MongoTables tables) {
    this.tables = tables;
  }

  @Override
  public Class<? extends Change> kind() {
    return SaveProfile.class;
  }

  /** The fields that a plan sets, and the offset of the last record that does. */
  private static final class Fields {
    private final BsonDocument set = new BsonDocument();
    private long offset;

    void add(SaveProfile change) {
      ProfileEvent event = change.event();
      offset = change.offset();
      String nickname = event.nickname();
      if (nickname != null) {
        set.append(ClientInfo.NICKNAME, new BsonString(nickname));
      }
      String avatar = event.avatar();
      if (avatar != null) {
        set.append(ClientInfo.AVATAR, new BsonString(avatar));
      }
    }
  }

  @Override
  public void write(ClientSession session, RecordPlan plan) {
    Map<String, Fields> profiles = new LinkedHashMap<>();
    for (SaveProfile change : plan.of(SaveProfile.class)) {
      profiles.computeIfAbsent(change.event().user(), user -> new Fields()).add(change);
    }
    List<UpdateOneModel<BsonDocument>> updates = new ArrayList<>();
    profiles.forEach(
        (user, fields) ->
            updates.add(
                GuardedUpsert.of(
                    user,
                    ClientInfo.PROFILE_GUARD,
                    fields.offset,
                    ClientForm.absent(user)
                        .append(ClientInfo.NICKNAME, new BsonString(""))
                        .append(ClientInfo.AVATAR, new BsonString("")),
                    fields.set)));
    UpsertBulk.write(
        updates, some -> tables.clients().bulkWrite(session, some, UpsertBulk.UNORDERED));
  }
}
