package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import im.linnet.records.Change;
import im.linnet.records.ConversationHour;
import im.linnet.records.RaiseConversation;
import im.linnet.records.RecordPlan;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.document.ChatList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * Raises the hours of conversations. It remembers the hours that it has raised, of the latest used
 * conversations, so a busy conversation is written once an hour and not once a batch.
 */
final class ConversationWriter implements ChangeWriter {
  private static final int REMEMBERED = 100_000;
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final MongoTables tables;

  // By _id. Guarded by this.
  private final Map<String, Long> raised =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  ConversationWriter(MongoTables tables) {
    this.tables = tables;
  }

  @Override
  public Class<? extends Change> kind() {
    return RaiseConversation.class;
  }

  @Override
  public synchronized void write(ClientSession session, RecordPlan plan) {
    Map<String, Long> now = new LinkedHashMap<>();
    List<UpdateOneModel<BsonDocument>> updates = new ArrayList<>();
    for (RaiseConversation change : plan.of(RaiseConversation.class)) {
      ConversationHour conversation = change.conversation();
      String id = ConversationCodec.id(conversation);
      Long known = raised.get(id);
      if (known == null || known < conversation.hour()) {
        now.put(id, conversation.hour());
        updates.add(update(id, conversation));
      }
    }
    if (!updates.isEmpty()) {
      MongoCollection<BsonDocument> documents =
          tables.collection(ViewCollection.CONVERSATIONS).withDocumentClass(BsonDocument.class);
      UpsertBulk.write(updates, some -> documents.bulkWrite(session, some, UpsertBulk.UNORDERED));
      raised.putAll(now);
    }
  }

  private static UpdateOneModel<BsonDocument> update(String id, ConversationHour conversation) {
    BsonDocument initial =
        new BsonDocument(ChatList.OWNER, new BsonString(conversation.owner()))
            .append(ChatList.PEER, new BsonString(conversation.peer()))
            .append(ChatList.DIRECTION, new BsonString(ConversationCodec.direction(conversation)));
    BsonDocument hour = new BsonDocument(ChatList.HOUR, new BsonInt64(conversation.hour()));
    return new UpdateOneModel<>(
        Bson.id(id), new BsonDocument("$setOnInsert", initial).append("$max", hour), UPSERT);
  }

  @Override
  public synchronized void forget() {
    raised.clear();
  }
}
