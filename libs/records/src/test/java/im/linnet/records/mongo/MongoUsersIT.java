package im.linnet.records.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import im.linnet.records.PresenceDirectory.PresenceEntry;
import im.linnet.records.SeededHistory;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.TestLog;
import im.linnet.records.ViewMissingException;
import im.linnet.records.ViewState;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.testkit.MongoServer;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the roles that the documentation names are enough for, on a server with access control. */
@Tag(MongoServer.TAG)
class MongoUsersIT {
  private static final String PASSWORD = "only-for-this-test";

  private static MongoServer server;
  private static MongoClient admin;

  private final String database = server.freshDatabase();

  @BeforeAll
  static void start() {
    server = MongoServer.ownWithUsers();
    admin = MongoClients.create(server.uri());
  }

  @AfterAll
  static void stop() {
    admin.close();
    server.close();
  }

  @Test
  void aUserWhoMayReadIsEnoughForAnEdgeOnceThereIsAView() {
    List<Decoded.Valid<InboxEvent>> records = SeededHistory.of(3, 40).records();
    try (MongoRecordStore empty = store("somebody", "read")) {
      assertThatThrownBy(empty::state).isInstanceOf(ViewMissingException.class);
    }
    try (MongoRecordStore edge = store("edge", "read");
        MongoRecordStore persister = store("persister", "readWrite")) {
      assertThatThrownBy(() -> edge.open("log"))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("start a persister, or grant the role readWrite");

      ViewState view = persister.open("log");
      persister.apply(TestLog.plan(records));

      assertThat(edge.open("log").id()).isEqualTo(view.id());
      assertThat(edge.digest()).isEqualTo(persister.digest());
      assertThatThrownBy(
              () -> edge.savePresence(List.of(new PresenceEntry("aa", "a:1", "b:2", true, 5, 1))))
          .isInstanceOf(StoreUnusableException.class)
          .hasMessageContaining("grant the role readWrite");
    }
  }

  @Test
  void aUserWhoMayReadAndWriteIsEnoughForATrackerAndARebuild() {
    List<Decoded.Valid<InboxEvent>> records = SeededHistory.of(4, 40).records();
    try (MongoRecordStore store = store("persister", "readWrite")) {
      store.open("log");
      store.apply(TestLog.plan(records));
      store.savePresence(List.of(new PresenceEntry("aa", "a:1", "b:2", true, 5, 1)));
      store.saveEdges("c:3", List.of("b:2"));
      MongoRebuild rebuild = store.rebuild();
      rebuild.apply(TestLog.plan(records));
      rebuild.swap();
      assertThat(store.open("log").next()).isEqualTo(rebuild.goal());
    }
  }

  @Test
  void aWrongPasswordIsToldInOurWords() {
    user("someone", "readWrite");
    String uri = server.uriOf("someone", "wrong", database);
    try (MongoRecordStore store = new MongoRecordStore(MongoSettings.of(uri))) {
      assertThatThrownBy(() -> store.open("log"))
          .isInstanceOf(StoreUnusableException.class)
          .hasMessageContaining("the user or the password");
      assertThatThrownBy(store::state)
          .as("not taken for a database without a view")
          .isExactlyInstanceOf(StoreUnusableException.class);
    }
  }

  private MongoRecordStore store(String name, String role) {
    user(name, role);
    return new MongoRecordStore(MongoSettings.of(server.uriOf(name, PASSWORD, database)));
  }

  private void user(String name, String role) {
    admin
        .getDatabase(database)
        .runCommand(
            new Document("createUser", name)
                .append("pwd", PASSWORD)
                .append("roles", List.of(role)));
  }
}
