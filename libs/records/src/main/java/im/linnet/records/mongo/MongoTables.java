package im.linnet.records.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoNamespace;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.RenameCollectionOptions;
import im.linnet.records.ClientDocument;
import im.linnet.records.InboxRecord;
import im.linnet.records.MessageDocument;
import im.linnet.records.StoredRequest;
import im.linnet.records.StoredVerdict;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.ClientInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.codecs.configuration.CodecRegistries;

/**
 * The collections that the applier builds from the log, under their own names or, while a rebuild
 * is under way, under names beside those.
 */
final class MongoTables {
  private static final int PAGE = 1_000;
  private static final int NAMESPACE_EXISTS = 48;

  private final MongoDatabase database;
  private final String suffix;
  private final Map<ViewCollection<?>, MongoCollection<?>> collections = new HashMap<>();

  MongoTables(MongoDatabase database, String suffix) {
    this.database =
        database
            .withReadConcern(ReadConcern.MAJORITY)
            .withWriteConcern(durable(database.getWriteConcern()));
    this.suffix = suffix;
    MongoForm.ALL.forEach(form -> collections.put(form.collection(), collection(form)));
  }

  private <T> MongoCollection<T> collection(MongoForm<T> form) {
    return database
        .getCollection(name(form.collection().name()), form.collection().type())
        .withCodecRegistry(
            CodecRegistries.fromRegistries(
                CodecRegistries.fromCodecs(form.codec()), database.getCodecRegistry()));
  }

  /** Majority, and in its journals, also if the URI says otherwise; its time limit stays. */
  static WriteConcern durable(WriteConcern given) {
    return given.withW("majority").withJournal(true);
  }

  private String name(String collection) {
    return collection + suffix;
  }

  /** The collections' given names. */
  static List<String> names() {
    return ViewCollection.ALL.stream().map(ViewCollection::name).toList();
  }

  <T> MongoCollection<T> collection(ViewCollection<T> which) {
    return Objects.requireNonNull(collections.get(which), which.name())
        .withDocumentClass(which.type());
  }

  MongoCollection<MessageDocument> messages(Stream stream) {
    return collection(ViewCollection.messages(stream));
  }

  /** Messages of topics, with the number of their readers in place of {@code IsRead}. */
  MongoCollection<CountedMessage> countedMessages() {
    MongoCollection<MessageDocument> messages = messages(Stream.TOPIC);
    return messages
        .withDocumentClass(CountedMessage.class)
        .withCodecRegistry(
            CodecRegistries.fromRegistries(
                CodecRegistries.fromCodecs(CountedMessage.CODEC), messages.getCodecRegistry()));
  }

  /** The same collection, its documents as they are. */
  MongoCollection<BsonDocument> rawMessages(Stream stream) {
    return messages(stream).withDocumentClass(BsonDocument.class);
  }

  /** Read marks, their documents as they are. */
  MongoCollection<BsonDocument> rawMarks() {
    return collection(ViewCollection.MARKS).withDocumentClass(BsonDocument.class);
  }

  MongoCollection<InboxRecord> inbox() {
    return collection(ViewCollection.INBOX);
  }

  MongoCollection<ClientDocument> clientDocuments() {
    return collection(ViewCollection.CLIENTS);
  }

  /** Users, their documents as they are. */
  MongoCollection<BsonDocument> clients() {
    return clientDocuments().withDocumentClass(BsonDocument.class);
  }

  MongoCollection<StoredRequest> requests() {
    return collection(ViewCollection.REQUESTS);
  }

  MongoCollection<StoredVerdict> verdicts() {
    return collection(ViewCollection.VERDICTS);
  }

  /** Creates the collections and indexes that are missing. */
  void create() {
    List<String> there = database.listCollectionNames().into(new ArrayList<>());
    for (MongoForm<?> form : MongoForm.ALL) {
      if (!there.contains(name(form.collection().name()))) {
        createCollection(name(form.collection().name()));
      }
      if (!form.indexes().isEmpty()) {
        collection(form.collection()).createIndexes(form.indexes());
      }
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
      if (name.equals(ClientInfo.COLLECTION)) {
        swapInClients();
        continue;
      }
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

  /**
   * Users have fields that are not the applier's: the fields that were built go into their
   * documents.
   */
  private void swapInClients() {
    if (database
        .listCollectionNames()
        .into(new ArrayList<>())
        .contains(name(ClientInfo.COLLECTION))) {
      ClientForm.merge(
          clients(), database.getCollection(ClientInfo.COLLECTION, BsonDocument.class));
      clients().drop();
    }
  }

  /** Their documents, read in a session. */
  ViewCollection.Documents documents(ClientSession session) {
    return new ViewCollection.Documents() {
      @Override
      public <T> void forEach(ViewCollection<T> which, Consumer<T> each) {
        Consumer<T> whole = each;
        if (which.equals(ViewCollection.messages(Stream.TOPIC))) {
          UnshownReaders unshown = new UnshownReaders(session, MongoTables.this);
          whole =
              document ->
                  each.accept(which.type().cast(unshown.complete((MessageDocument) document)));
        }
        collection(which).find(session).batchSize(PAGE).forEach(whole);
      }
    };
  }
}
