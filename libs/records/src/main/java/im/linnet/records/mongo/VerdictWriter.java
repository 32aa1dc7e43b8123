package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import im.linnet.records.Change;
import im.linnet.records.RecordPlan;
import im.linnet.records.SaveVerdict;
import im.linnet.records.StoredVerdict;
import im.linnet.schemas.document.Verdict;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;

/** Keeps verdicts; the first one of the same command stays for a day. */
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
            .map(each -> new ReplaceOneModel<>(outlived(each), each, UPSERT))
            .toList(),
        some -> tables.verdicts().bulkWrite(session, some, UpsertBulk.UNORDERED));
  }

  /** One of the same command whose time was over when this one was given. */
  private static BsonDocument outlived(StoredVerdict verdict) {
    BsonDateTime oldest = new BsonDateTime(verdict.time() - StoredVerdict.KEPT_MILLIS);
    return Bson.id(VerdictForm.id(verdict.command()))
        .append(Verdict.TIME, new BsonDocument("$not", new BsonDocument("$gt", oldest)));
  }
}
