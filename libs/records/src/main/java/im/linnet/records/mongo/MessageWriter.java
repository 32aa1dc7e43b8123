package im.linnet.records.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import im.linnet.records.Change;
import im.linnet.records.InsertMessage;
import im.linnet.records.MarkRead;
import im.linnet.records.MessageDocument;
import im.linnet.records.RecordPlan;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.StoredMessage;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.LogPlace;
import im.linnet.schemas.document.RecordMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/**
 * Inserts messages in bulk, unordered. A key that is there already is judged by the {@code Log} of
 * its document: the same place is a repeat, an earlier one makes the new message a duplicate. A
 * later one cannot be in a view that was applied in order.
 */
final class MessageWriter implements ChangeWriter {
  private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

  private final MongoTables tables;
  private final InboxWriter inbox;

  MessageWriter(MongoTables tables) {
    this.tables = tables;
    this.inbox = new InboxWriter(tables);
  }

  @Override
  public Class<? extends Change> kind() {
    return InsertMessage.class;
  }

  @Override
  public void write(ClientSession session, RecordPlan plan) {
    List<InsertMessage> messages = plan.of(InsertMessage.class);
    Set<Position> duplicates = insert(session, messages, new ReadIndex(plan.of(MarkRead.class)));
    inbox.insert(
        session,
        messages.stream()
            .filter(found -> !duplicates.contains(found.at()))
            .map(InsertMessage::record)
            .toList());
  }

  /** Inserts messages and returns the places of those that are duplicates. */
  Set<Position> insert(ClientSession session, List<InsertMessage> messages, ReadIndex reads) {
    Set<Position> duplicates = new HashSet<>();
    for (Stream stream : ViewCollection.MESSAGE_STREAMS) {
      List<MessageDocument> documents = new ArrayList<>(messages.size());
      for (InsertMessage found : messages) {
        if (found.message().kind() == stream) {
          documents.add(
              MessageDocument.of(
                  new StoredMessage(
                      found.message(), found.at(), found.time(), reads.isRead(found))));
        }
      }
      if (!documents.isEmpty()) {
        insert(session, stream, documents, duplicates);
      }
    }
    return duplicates;
  }

  private void insert(
      ClientSession session,
      Stream stream,
      List<MessageDocument> documents,
      Set<Position> duplicates) {
    try {
      tables.messages(stream).insertMany(session, documents, UNORDERED);
    } catch (MongoBulkWriteException e) {
      judge(session, stream, KnownKeys.of(documents, e), duplicates);
    }
  }

  private void judge(
      ClientSession session, Stream stream, List<MessageDocument> known, Set<Position> duplicates) {
    Map<String, Position> places = places(session, stream, known);
    for (MessageDocument document : known) {
      Position at = document.stored().at();
      Position there = places.get(id(document));
      if (there == null) {
        throw new StoreUnavailableException(
            "a message that was there is gone: it was removed or rolled back in this moment");
      }
      if (there.place().equals(at.place()) && there.offset() > at.offset()) {
        throw new StoreUnusableException(
            "the view holds a later copy of the message at "
                + at
                + ", from "
                + there
                + ": a process that stood still wrote to it after the database was replaced; rebuild"
                + " the view, or drop the database and start again");
      }
      if (!at.equals(there)) {
        duplicates.add(at);
      }
    }
  }

  /**
   * Where the documents of these identities stand. Read from the primary that refused the
   * insertion, as it is there: the plan's last write, of the view's position, waits for the
   * majority.
   */
  private Map<String, Position> places(
      ClientSession session, Stream stream, List<MessageDocument> documents) {
    MongoCollection<BsonDocument> collection =
        tables.rawMessages(stream).withReadConcern(ReadConcern.LOCAL);
    Map<String, Position> places = HashMap.newHashMap(documents.size());
    collection
        .find(session, Bson.idIn(documents.stream().map(MessageWriter::id).toList()))
        .projection(new BsonDocument(RecordMessage.LOG, new BsonInt32(1)))
        .forEach(
            document -> {
              BsonDocument log = document.getDocument(RecordMessage.LOG);
              places.put(
                  document.getString("_id").getValue(),
                  new Position(
                      stream,
                      log.getInt32(LogPlace.PARTITION).getValue(),
                      log.getInt64(LogPlace.OFFSET).getValue()));
            });
    return places;
  }

  private static String id(MessageDocument document) {
    return MessageId.of(document.stored().message());
  }
}
