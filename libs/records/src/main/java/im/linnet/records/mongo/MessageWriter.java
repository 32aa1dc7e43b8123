package im.linnet.records.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import im.linnet.records.RecordPlan;
import im.linnet.records.RecordPlan.NewMessage;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.StoredMessage;
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
final class MessageWriter {
  private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

  private final MongoTables tables;

  MessageWriter(MongoTables tables) {
    this.tables = tables;
  }

  /** Inserts a plan's messages and returns the places of those that are duplicates. */
  Set<Position> insert(ClientSession session, RecordPlan plan) {
    if (plan.messages().isEmpty()) {
      return Set.of();
    }
    ReadIndex reads = new ReadIndex(plan.reads());
    Set<Position> duplicates = new HashSet<>();
    for (Stream stream : MongoTables.MESSAGE_STREAMS) {
      List<MessageDocument> documents = new ArrayList<>(plan.messages().size());
      for (NewMessage found : plan.messages()) {
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
      judge(session, stream, duplicatesOf(documents, e), duplicates);
    }
  }

  /**
   * The documents whose keys were there.
   *
   * @throws MongoBulkWriteException if anything else failed
   */
  static <T> List<T> duplicatesOf(List<T> documents, MongoBulkWriteException failure) {
    if (failure.getWriteConcernError() != null) {
      throw failure;
    }
    List<T> found = new ArrayList<>(failure.getWriteErrors().size());
    for (BulkWriteError error : failure.getWriteErrors()) {
      if (error.getCategory() != ErrorCategory.DUPLICATE_KEY) {
        throw failure;
      }
      found.add(documents.get(error.getIndex()));
    }
    return found;
  }

  private void judge(
      ClientSession session, Stream stream, List<MessageDocument> known, Set<Position> duplicates) {
    Map<String, Position> places = places(session, stream, known);
    for (MessageDocument document : known) {
      Position at = document.stored().at();
      Position there = places.get(document.id());
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
        .find(session, Bson.idIn(documents.stream().map(MessageDocument::id).toList()))
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
}
