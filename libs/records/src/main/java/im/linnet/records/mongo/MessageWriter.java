package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.Change;
import im.linnet.records.InsertMessage;
import im.linnet.records.MarkRead;
import im.linnet.records.MessageDocument;
import im.linnet.records.RecordPlan;
import im.linnet.records.StoredMessage;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.LogPlace;
import im.linnet.schemas.document.RecordMessage;
import im.linnet.schemas.event.MessageEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;

/** Inserts messages. One that its own plan reads is inserted as read. */
final class MessageWriter implements ChangeWriter {
  private final Map<Stream, BulkInsert<MessageDocument>> messages = new EnumMap<>(Stream.class);

  MessageWriter(MongoTables tables) {
    for (Stream stream : ViewCollection.MESSAGE_STREAMS) {
      messages.put(
          stream,
          new BulkInsert<>(
              tables.messages(stream),
              MessageCodec::id,
              document -> document.stored().delivered(),
              MessageWriter::isSame));
    }
  }

  @Override
  public Class<? extends Change> kind() {
    return InsertMessage.class;
  }

  @Override
  public void write(ClientSession session, RecordPlan plan) {
    ReadIndex reads = new ReadIndex(plan.of(MarkRead.class));
    Map<Stream, List<MessageDocument>> documents = new EnumMap<>(Stream.class);
    for (InsertMessage found : plan.of(InsertMessage.class)) {
      StoredMessage stored = StoredMessage.of(found.message(), found.record(), reads.isRead(found));
      documents
          .computeIfAbsent(found.message().kind(), stream -> new ArrayList<>())
          .add(MessageDocument.of(stored));
    }
    messages.forEach(
        (stream, insert) -> insert.insert(session, documents.getOrDefault(stream, List.of())));
  }

  /** Its content may have changed since, and whether it was read. */
  private static boolean isSame(BsonDocument stored, MessageDocument document) {
    MessageEvent message = document.stored().message();
    BsonDocument log = stored.getDocument(RecordMessage.LOG);
    return stored.getString(RecordMessage.UUID).getValue().equals(message.uuid())
        && stored.getString(RecordMessage.FROM_ID).getValue().equals(message.from())
        && log.getInt64(LogPlace.TIMESTAMP).getValue() == document.stored().time();
  }
}
