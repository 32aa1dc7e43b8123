package im.linnet.records.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoNamespace;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.RenameCollectionOptions;
import im.linnet.records.InboxRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.Inbox;
import im.linnet.schemas.document.LogPlace;
import im.linnet.schemas.document.RecordMessage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;

/**
 * The collections that the applier builds from the log, under their own names or, while a rebuild
 * is under way, under names beside those.
 */
final class MongoTables {
  /** The streams whose messages have a collection of this form. */
  static final List<Stream> MESSAGE_STREAMS = List.of(Stream.P2P, Stream.MUTUAL);

  /** The index by conversation. */
  static final String HISTORY = "history";

  /**
   * The index of what is unread. Its last key is the constant that its filter asks for: a server
   * that finds {@code IsRead} in the keys need not fetch documents to count them.
   */
  static final String UNREAD = "unread";

  static final String LOG_OFFSET = RecordMessage.LOG + "." + LogPlace.OFFSET;

  private static final int NAMESPACE_EXISTS = 48;

  private final MongoDatabase database;
  private final String suffix;
  private final Map<Stream, MongoCollection<MessageDocument>> messages =
      new EnumMap<>(Stream.class);
  private final MongoCollection<InboxRecord> inbox;

  MongoTables(MongoDatabase database, String suffix) {
    this.database =
        database
            .withReadConcern(ReadConcern.MAJORITY)
            .withWriteConcern(durable(database.getWriteConcern()));
    this.suffix = suffix;
    for (Stream stream : MESSAGE_STREAMS) {
      CodecRegistry codecs =
          CodecRegistries.fromRegistries(
              CodecRegistries.fromCodecs(new MessageCodec(stream)), database.getCodecRegistry());
      messages.put(
          stream,
          this.database
              .getCollection(name(RecordMessage.collection(stream)), MessageDocument.class)
              .withCodecRegistry(codecs));
    }
    inbox =
        this.database
            .getCollection(name(Inbox.COLLECTION), InboxRecord.class)
            .withCodecRegistry(
                CodecRegistries.fromRegistries(
                    CodecRegistries.fromCodecs(new InboxCodec()), database.getCodecRegistry()));
  }

  /** Majority, and in its journals, whatever the URI says; its time limit stays. */
  static WriteConcern durable(WriteConcern given) {
    return given.withW("majority").withJournal(true);
  }

  private String name(String collection) {
    return collection + suffix;
  }

  /** The collections' given names. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    MESSAGE_STREAMS.forEach(stream -> names.add(RecordMessage.collection(stream)));
    names.add(Inbox.COLLECTION);
    return names;
  }

  MongoCollection<MessageDocument> messages(Stream stream) {
    return Objects.requireNonNull(messages.get(stream), () -> stream + " has no such messages");
  }

  /** The same collection, its documents as they are. */
  MongoCollection<BsonDocument> rawMessages(Stream stream) {
    return messages(stream).withDocumentClass(BsonDocument.class);
  }

  MongoCollection<InboxRecord> inbox() {
    return inbox;
  }

  /** Creates the collections and indexes that are missing. */
  void create() {
    List<String> there = database.listCollectionNames().into(new ArrayList<>());
    for (String name : names()) {
      if (!there.contains(name(name))) {
        createCollection(name(name));
      }
    }
    for (Stream stream : MESSAGE_STREAMS) {
      messages(stream).createIndex(conversation(), new IndexOptions().name(HISTORY));
      messages(stream)
          .createIndex(
              conversation().append(RecordMessage.IS_READ, new BsonInt32(1)),
              new IndexOptions()
                  .name(UNREAD)
                  .partialFilterExpression(
                      new BsonDocument(RecordMessage.IS_READ, BsonBoolean.FALSE)));
    }
  }

  private void createCollection(String name) {
    try {
      database.createCollection(name);
    } catch (MongoCommandException e) {
      if (e.getCode() != NAMESPACE_EXISTS) {
        throw e;
      }
    }
  }

  private static BsonDocument conversation() {
    BsonInt32 up = new BsonInt32(1);
    return new BsonDocument(RecordMessage.TO_ID, up)
        .append(RecordMessage.FROM_ID, up)
        .append(LOG_OFFSET, up);
  }

  /** Whether each of the collections is there. */
  boolean areThere() {
    List<String> there = database.listCollectionNames().into(new ArrayList<>());
    return names().stream().allMatch(name -> there.contains(name(name)));
  }

  /** Drops all of them. */
  void drop() {
    names().forEach(name -> database.getCollection(name(name)).drop());
  }

  /** Gives each collection its own name, in place of the one that has it. */
  void swapIn() {
    for (String name : names()) {
      try {
        database
            .getCollection(name(name))
            .renameCollection(
                new MongoNamespace(database.getName(), name),
                new RenameCollectionOptions().dropTarget(true));
      } catch (MongoCommandException e) {
        // A swap that was cut short had renamed this one.
        if (e.getCode() != MongoFailures.NAMESPACE_NOT_FOUND) {
          throw e;
        }
      }
    }
  }
}
