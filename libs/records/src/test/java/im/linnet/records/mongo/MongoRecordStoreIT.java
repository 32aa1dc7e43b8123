package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.InboxRecord;
import im.linnet.records.PresenceDirectory.PresenceEntry;
import im.linnet.records.RecordPlan;
import im.linnet.records.RecordStore;
import im.linnet.records.RecordStoreContract;
import im.linnet.schemas.Position;
import im.linnet.testkit.MongoServer;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag(MongoServer.TAG)
class MongoRecordStoreIT extends RecordStoreContract {
  private final MongoFixture fixture = new MongoFixture(MongoServer.shared());

  @AfterEach
  void drop() {
    fixture.close();
  }

  @Override
  protected RecordStore create() {
    return fixture.store();
  }

  @Override
  protected @Nullable PresenceEntry presence(RecordStore of, String user) {
    BsonDocument found = find("client_info", new BsonDocument("ClientID", new BsonString(user)));
    return found == null
        ? null
        : new PresenceEntry(
            found.getString("ClientID").getValue(),
            found.getString("ClientAddr").getValue(),
            found.getString("MsgServerAddr").getValue(),
            found.getBoolean("Alive").getValue(),
            found.getInt64("LastSeen").getValue(),
            found.getInt64("PresenceGuard").getValue());
  }

  @Override
  protected List<String> edges(RecordStore of, String tracker) {
    BsonDocument found = find("kvs", new BsonDocument("Key", new BsonString(tracker)));
    return found == null
        ? List.of()
        : found.getArray("Value").stream().map(each -> each.asString().getValue()).toList();
  }

  private @Nullable BsonDocument find(String collection, BsonDocument filter) {
    return fixture.database().getCollection(collection, BsonDocument.class).find(filter).first();
  }

  @Override
  protected void crash(RecordStore of, RecordPlan plan, int stages) {
    MongoTables tables = new MongoTables(fixture.database(), "");
    try (ClientSession session = fixture.session()) {
      Set<Position> duplicates =
          new MessageWriter(tables).insert(session, stages < 1 ? halfOfItsMessages(plan) : plan);
      if (stages >= 2) {
        new ReadMarkWriter(tables).apply(session, plan.reads());
      }
      if (stages >= 3) {
        int all = plan.inbox().size();
        List<InboxRecord> written = plan.inbox().subList(0, stages == 3 ? all / 2 : all);
        new InboxWriter(tables).insert(session, written, duplicates);
      }
    }
  }

  /** A bulk is not ordered: what of it is written may be any part. */
  private static RecordPlan halfOfItsMessages(RecordPlan plan) {
    List<RecordPlan.NewMessage> behind =
        plan.messages().subList(plan.messages().size() / 2, plan.messages().size());
    return new RecordPlan(behind, plan.reads(), plan.inbox(), plan.from(), plan.next());
  }
}
