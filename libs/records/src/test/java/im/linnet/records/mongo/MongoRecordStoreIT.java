package im.linnet.records.mongo;

import im.linnet.records.PresenceDirectory.PresenceEntry;
import im.linnet.records.RecordPlan;
import im.linnet.records.RecordStore;
import im.linnet.records.RecordStoreContract;
import im.linnet.testkit.MongoServer;
import java.util.List;
import java.util.Map;
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

  /** The writes of a plan in their order: messages, read marks, half of the inbox, all of it. */
  @Override
  protected void crash(RecordStore of, RecordPlan plan, int stages) {
    int delivered = stages < 2 ? 0 : stages == 2 ? plan.inbox().size() / 2 : plan.inbox().size();
    of.apply(
        new RecordPlan(
            plan.messages(),
            stages < 1 ? List.of() : plan.reads(),
            plan.inbox().subList(0, delivered),
            Map.of(),
            Map.of()));
  }
}
