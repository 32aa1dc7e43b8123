package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.testkit.MongoServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The whole messenger on the view in MongoDB, and the documents that a program finds which knows
 * nothing but the given collections.
 */
@Tag("mongodb")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessengerInMongoIT implements GroupCases, PeopleCases, RaceCases, ResumeCases {
  private final String name = MongoServer.shared().freshDatabase();
  private final String uri = Installation.withDatabase(MongoServer.shared().uri(), name);
  private final Messenger messenger = new Messenger(new MongoRecordStore(MongoSettings.of(uri)));
  private final MongoClient client = MongoClients.create(uri);
  private final MongoDatabase database = client.getDatabase(name);

  @Override
  public Messenger messenger() {
    return messenger;
  }

  @AfterAll
  void stop() throws Exception {
    client.close();
    messenger.close();
  }

  @Test
  void everyRowOfTheDataModelIsStoredAndTold() throws IOException {
    ShownRows rows = new ShownRows();
    MongoView view = new MongoView(database);
    new GroupDocuments(messenger, view, rows).look();
    new PeopleDocuments(messenger, view, rows).look();
    new MessageDocuments(messenger, view, rows).look();
    new PresenceDocuments(messenger, view, rows).look();
    assertThat(rows.missing()).as("rows of docs/data-model.md").isEmpty();
    Set<String> unknown = new TreeSet<>();
    for (String collection : database.listCollectionNames()) {
      for (Document document : view.all(collection)) {
        unknown.addAll(rows.unknown(collection, document));
      }
    }
    assertThat(unknown).as("fields without a row in docs/data-model.md").isEmpty();
  }

  @Test
  void aResumedScreenEqualsOneThatNeverLeft() throws Exception {
    List<String> gone = new ResumedScreen(messenger, SEED).run();
    assertThat(gone).hasSizeGreaterThan(10);
    String stored = wholeStore();
    assertThat(stored).contains("text-");
    for (String text : gone) {
      assertThat(stored).doesNotContain(text);
    }
  }

  /** Every document of every collection, as text. */
  private String wholeStore() {
    StringBuilder all = new StringBuilder();
    for (String collection : database.listCollectionNames()) {
      for (RawBsonDocument document :
          database.getCollection(collection, RawBsonDocument.class).find()) {
        all.append(new String(document.getByteBuffer().array(), StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }
}
