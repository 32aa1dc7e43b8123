package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import im.linnet.records.Change;
import im.linnet.records.RecordPlan;
import im.linnet.records.SaveVerdict;
import im.linnet.records.StoredVerdict;
import org.bson.BsonDocument;
import org.bson.BsonInt64;

/** Keeps verdicts; a later one of the same command stays. */
final class VerdictWriter implements ChangeWriter {
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private final MongoTables tables;

  VerdictWriter(MongoTables tables) {
    this.tables = tables;
  }

  @Override
  public Class<? extends Change> kind() {
    return SaveVerdict.class;
  }

  @Override
  public void write(ClientSession session, RecordPlan plan) {
    UpsertBulk.write(
        plan.of(SaveVerdict.class).stream()
            .map(SaveVerdict::verdict)
            .map(each -> new ReplaceOneModel<>(below(each), each, UPSERT))
            .toList(),
        some -> tables.verdicts().bulkWrite(session, some, UpsertBulk.UNORDERED));
  }

  private static BsonDocument below(StoredVerdict verdict) {
    BsonInt64 offset = new BsonInt64(verdict.at().offset());
    return Bson.id(VerdictForm.id(verdict.command()))
        .append(VerdictForm.LOG_OFFSET, new BsonDocument("$not", new BsonDocument("$gte", offset)));
  }
}
