package im.linnet.records.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import im.linnet.records.Change;
import im.linnet.records.ChangeMessage;
import im.linnet.records.InboxRecord;
import im.linnet.records.MessageDocument;
import im.linnet.records.RecordPlan;
import im.linnet.records.StoredMessage;
import im.linnet.records.StoredMessage.Revision;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.Inbox;
import im.linnet.schemas.document.RecordMessage;
import im.linnet.schemas.event.MessageId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * Changes messages: reads those that a plan is about, folds its changes in their order, and writes
 * the outcome. The offset of the last change is its guard, so a repeat, and a writer that stood
 * still meanwhile, leave the document alone.
 */
final class MessageChangeWriter implements ChangeWriter {
  private static final int READ_AT_ONCE = 100;
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  private final MongoTables tables;

  MessageChangeWriter(MongoTables tables) {
    this.tables = tables;
  }

  @Override
  public Class<? extends Change> kind() {
    return ChangeMessage.class;
  }

  @Override
  public void write(ClientSession session, RecordPlan plan) {
    List<ChangeMessage> changes = plan.of(ChangeMessage.class);
    for (Stream stream : ViewCollection.MESSAGE_STREAMS) {
      List<ChangeMessage> some =
          changes.stream().filter(change -> change.message().kind() == stream).toList();
      for (int i = 0; i < some.size(); i += READ_AT_ONCE) {
        write(session, stream, some.subList(i, Math.min(some.size(), i + READ_AT_ONCE)));
      }
    }
  }

  private void write(ClientSession session, Stream stream, List<ChangeMessage> changes) {
    Map<MessageId, List<StoredMessage>> stored = read(session, stream, changes);
    Map<String, StoredMessage> changed = new LinkedHashMap<>();
    for (ChangeMessage change : changes) {
      List<StoredMessage> candidates = stored.getOrDefault(change.message(), List.of());
      int newest = newestBelow(candidates, change.at().offset());
      if (newest >= 0 && candidates.get(newest).revision().offset() < change.at().offset()) {
        StoredMessage before = candidates.get(newest);
        StoredMessage now = change.changed(before);
        if (now.revision().recalled() && !before.revision().equals(Revision.NONE)) {
          blank(session, now, before.revision());
        }
        candidates.set(newest, now);
        changed.put(MessageCodec.id(MessageDocument.of(now)), now);
      }
    }
    if (!changed.isEmpty()) {
      List<WriteModel<BsonDocument>> updates = new ArrayList<>();
      changed.forEach((id, now) -> updates.add(update(id, now)));
      tables.rawMessages(stream).bulkWrite(session, updates, UNORDERED);
    }
  }

  /**
   * Takes the texts out of the edits of a message. That is done before the message is changed: a
   * crash between the two is followed by both.
   */
  private void blank(ClientSession session, StoredMessage message, Revision before) {
    // The texts up to an earlier recall, or change after it, are gone.
    long above = before.recalled() ? before.offset() : message.at().offset();
    MessageId id = message.message().identity();
    long by = message.revision().offset();
    List<WriteModel<InboxRecord>> updates = new ArrayList<>();
    tables
        .inbox()
        .withReadConcern(ReadConcern.LOCAL)
        .find(session, DeliveredQueries.range(InboxId.prefix(id.kind(), id.to()), above, by + 1))
        .forEach(
            record -> {
              InboxRecord blanked = record.withoutText(id);
              if (blanked != null) {
                updates.add(
                    new UpdateOneModel<>(
                        Bson.id(InboxId.of(record)),
                        new BsonDocument(
                            "$set",
                            new BsonDocument(Inbox.VALUE, new BsonBinary(blanked.value()))
                                .append(Inbox.LAST_CHANGE, new BsonInt64(by)))));
              }
            });
    if (!updates.isEmpty()) {
      tables.inbox().bulkWrite(session, updates, UNORDERED);
    }
  }

  /** The messages of those identities, by offset, from the primary, which wrote them just now. */
  private Map<MessageId, List<StoredMessage>> read(
      ClientSession session, Stream stream, List<ChangeMessage> changes) {
    BsonArray identities = new BsonArray();
    changes.stream()
        .map(ChangeMessage::message)
        .distinct()
        .forEach(
            each ->
                identities.add(Bson.identity(each.to(), each.from(), new BsonString(each.uuid()))));
    Map<MessageId, List<StoredMessage>> found = new HashMap<>();
    tables
        .messages(stream)
        .withReadConcern(ReadConcern.LOCAL)
        .find(session, new BsonDocument("$or", identities))
        .projection(Bson.withoutReaders(stream))
        .hintString(MongoForm.IDENTITY)
        .map(MessageDocument::stored)
        .forEach(
            each ->
                found
                    .computeIfAbsent(each.message().identity(), id -> new ArrayList<>())
                    .add(each));
    found.values().forEach(all -> all.sort(Comparator.comparing(each -> each.at().offset())));
    return found;
  }

  private static int newestBelow(List<StoredMessage> candidates, long offset) {
    int newest = candidates.size() - 1;
    while (newest >= 0 && candidates.get(newest).at().offset() >= offset) {
      newest--;
    }
    return newest;
  }

  private static UpdateOneModel<BsonDocument> update(String id, StoredMessage now) {
    Revision revision = now.revision();
    BsonInt64 offset = new BsonInt64(revision.offset());
    BsonDocument set =
        new BsonDocument(RecordMessage.CONTENT, new BsonString(now.message().content()))
            .append(RecordMessage.LAST_CHANGE, offset);
    BsonDocument unset = new BsonDocument(RecordMessage.RAW, BsonBoolean.TRUE);
    if (revision.recalled()) {
      set.append(RecordMessage.RECALLED, BsonBoolean.TRUE);
    }
    if (revision.editedAt() > 0) {
      set.append(RecordMessage.EDITED_AT, new BsonInt64(revision.editedAt()));
    } else {
      unset.append(RecordMessage.EDITED_AT, BsonBoolean.TRUE);
    }
    // So that a document matches which has no such field.
    BsonDocument older = new BsonDocument("$not", new BsonDocument("$gte", offset));
    return new UpdateOneModel<>(
        Bson.id(id).append(RecordMessage.LAST_CHANGE, older),
        new BsonDocument("$set", set).append("$unset", unset));
  }
}
