package im.linnet.bench;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.LogPlace;
import im.linnet.schemas.document.RecordMessage;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.MessageEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * Writes the document of each record and nothing else: the same as the persister's, into the same
 * collection with the same indexes and write concern, in a database that goes at the end.
 */
final class YardstickDocuments implements AutoCloseable {
  private static final int OFFSET_DIGITS = 19;
  private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

  private final MongoClient client;
  private final MongoDatabase database;
  private final MongoCollection<BsonDocument> messages;

  /** Lays out the collections by the persister's own code, so that the indexes are the same. */
  YardstickDocuments(String uri) {
    try (MongoRecordStore layout = new MongoRecordStore(MongoSettings.of(uri))) {
      layout.open("yardstick");
    }
    ConnectionString address = new ConnectionString(uri);
    this.client =
        MongoClients.create(
            MongoClientSettings.builder()
                .applyConnectionString(address)
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .build());
    String name = address.getDatabase();
    this.database = client.getDatabase(name == null ? MongoSettings.DEFAULT_DATABASE : name);
    this.messages =
        database.getCollection(RecordMessage.collection(Stream.P2P), BsonDocument.class);
  }

  /** Inserts what a batch of records stands for, in one bulk. */
  void insert(Iterable<ConsumerRecord<String, byte[]>> records) {
    List<BsonDocument> documents = new ArrayList<>();
    records.forEach(record -> documents.add(message(record)));
    if (!documents.isEmpty()) {
      messages.insertMany(documents, UNORDERED);
    }
  }

  private static BsonDocument message(ConsumerRecord<String, byte[]> record) {
    MessageEvent message = decoded(record.value());
    BsonDocument log =
        new BsonDocument(LogPlace.PARTITION, new BsonInt32(record.partition()))
            .append(LogPlace.OFFSET, new BsonInt64(record.offset()))
            .append(LogPlace.TIMESTAMP, new BsonInt64(record.timestamp()));
    String offset = Long.toString(record.offset());
    String place = message.to() + '/' + "0".repeat(OFFSET_DIGITS - offset.length()) + offset;
    return new BsonDocument("_id", new BsonString(place))
        .append(RecordMessage.FROM_ID, new BsonString(message.from()))
        .append(RecordMessage.TO_ID, new BsonString(message.to()))
        .append(RecordMessage.CONTENT, new BsonString(message.content()))
        .append(RecordMessage.TYPE, new BsonString(message.token()))
        .append(RecordMessage.TIME, new BsonInt64(record.timestamp() / 1_000))
        .append(RecordMessage.UUID, new BsonString(message.uuid()))
        .append(RecordMessage.IS_READ, BsonBoolean.FALSE)
        .append(RecordMessage.LOG, log);
  }

  private static MessageEvent decoded(byte[] value) {
    try {
      return (MessageEvent) InboxEventCodec.decode(Stream.P2P, MessageEvent.TYPE, value);
    } catch (MalformedEventException e) {
      throw new IllegalStateException("the yardstick's own record is malformed", e);
    }
  }

  @Override
  public void close() {
    database.drop();
    client.close();
  }
}
