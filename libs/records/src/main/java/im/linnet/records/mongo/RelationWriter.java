package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import im.linnet.records.Change;
import im.linnet.records.ChangeRelation;
import im.linnet.records.RecordPlan;
import im.linnet.schemas.document.ClientInfo;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** Writes the friends and blocks of users. */
final class RelationWriter implements ChangeWriter {
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final MongoCollection<BsonDocument> clients;

  RelationWriter(MongoTables tables) {
    clients = tables.clients();
  }

  @Override
  public Class<? extends Change> kind() {
    return ChangeRelation.class;
  }

  @Override
  public void write(ClientSession session, RecordPlan plan) {
    List<ChangeRelation> changes = plan.of(ChangeRelation.class);
    if (changes.isEmpty()) {
      return;
    }
    insertMissing(session, changes.stream().map(ChangeRelation::user).distinct().toList());
    // In the order of the facts: each raises the guard that the next one of its user is above.
    clients.bulkWrite(session, changes.stream().map(RelationWriter::update).toList());
  }

  private void insertMissing(ClientSession session, List<String> users) {
    UpsertBulk.write(
        users.stream()
            .map(
                user ->
                    new UpdateOneModel<BsonDocument>(
                        Bson.id(user),
                        new BsonDocument("$setOnInsert", ClientForm.absent(user)),
                        UPSERT))
            .toList(),
        some -> clients.bulkWrite(session, some, UpsertBulk.UNORDERED));
  }

  private static UpdateOneModel<BsonDocument> update(ChangeRelation change) {
    BsonInt64 offset = new BsonInt64(change.offset());
    BsonDocument older = new BsonDocument("$not", new BsonDocument("$gte", offset));
    return new UpdateOneModel<>(
        Bson.id(change.user()).append(ClientInfo.RELATION_GUARD, older),
        new BsonDocument(
                change.in() ? "$addToSet" : "$pull",
                new BsonDocument(ClientForm.field(change.circle()), new BsonString(change.peer())))
            .append("$set", new BsonDocument(ClientInfo.RELATION_GUARD, offset)));
  }
}
