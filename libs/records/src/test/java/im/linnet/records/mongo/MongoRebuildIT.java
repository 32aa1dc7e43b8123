package im.linnet.records.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoNamespace;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.RenameCollectionOptions;
import com.mongodb.client.model.Updates;
import im.linnet.records.Digest;
import im.linnet.records.PresenceDirectory.PresenceEntry;
import im.linnet.records.SeededHistory;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.TestLog;
import im.linnet.records.ViewState;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.testkit.MongoServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(MongoServer.TAG)
class MongoRebuildIT {
  private final MongoFixture fixture = new MongoFixture(MongoServer.shared());
  private final MongoRecordStore store = fixture.store();
  private final List<Decoded.Valid<InboxEvent>> records = SeededHistory.of(77, 300).records();

  @BeforeEach
  void build() {
    store.open("log");
    store.savePresence(List.of(new PresenceEntry("aa", "a:1", "b:2", true, 5, 1)));
    store.saveEdges("c:3", List.of("b:2"));
    store.apply(TestLog.plan(records));
  }

  @AfterEach
  void close() {
    store.close();
    fixture.close();
  }

  @Test
  void aRebuiltViewIsTheOldOne() {
    Digest before = store.digest();
    ViewState view = store.state();
    MongoRebuild begun = store.rebuild();
    assertThat(begun.state().next()).isEmpty();
    assertThat(begun.goal()).isEqualTo(view.next());
    begun.apply(TestLog.plan(records.subList(0, 100)));
    assertThat(begun.isComplete()).isFalse();
    assertThatThrownBy(begun::swap).isInstanceOf(IllegalStateException.class);
    assertThat(store.digest()).as("the old view stays until the swap").isEqualTo(before);

    // Another process goes on with it.
    try (MongoRecordStore other = fixture.store()) {
      other.open("log");
      MongoRebuild resumed = other.rebuild();
      assertThat(resumed.state().next()).isNotEmpty();
      resumed.apply(TestLog.plan(records));
      assertThat(resumed.isComplete()).isTrue();
      resumed.swap();
    }

    assertThat(store.digest()).isEqualTo(before);
    assertThat(store.state().next()).isEqualTo(view.next());
    assertThat(store.state().id()).isEqualTo(view.id());
    assertThat(fixture.client("aa").getString("ClientAddr").getValue()).isEqualTo("a:1");
    assertThat(fixture.client("fa").getInt64("RelationGuard").getValue()).isNotNegative();
    assertThat(fixture.only("kvs").getArray("Value")).hasSize(1);
    assertThat(fixture.database().listCollectionNames().into(new ArrayList<>()))
        .noneMatch(name -> name.contains("rebuild"));
    assertThat(
            fixture
                .database()
                .getCollection("p2p_record_message")
                .listIndexes()
                .into(new ArrayList<>()))
        .hasSize(4);
  }

  @Test
  void friendsThatTheLogDoesNotNameAreGoneAfterIt() {
    Digest before = store.digest();
    BsonDocument invented =
        new BsonDocument("_id", new BsonString("zz"))
            .append("ClientID", new BsonString("zz"))
            .append("Friends", new BsonArray(List.of(new BsonString("aa"))))
            .append("Blocked", new BsonArray(List.of(new BsonString("bb"))))
            .append("LastSeen", new BsonInt64(7))
            .append("RelationGuard", new BsonInt64(3));
    fixture.database().getCollection("client_info", BsonDocument.class).insertOne(invented);
    assertThat(store.digest()).isNotEqualTo(before);

    MongoRebuild rebuild = store.rebuild();
    rebuild.apply(TestLog.plan(records));
    rebuild.swap();

    assertThat(store.digest()).isEqualTo(before);
    assertThat(fixture.client("zz").getArray("Friends")).isEmpty();
    assertThat(fixture.client("zz").keySet())
        .containsExactlyInAnyOrder("_id", "ClientID", "Friends", "LastSeen");
  }

  @Test
  void aViewThatWasDamagedIsMended() {
    Digest before = store.digest();
    fixture.database().getCollection("inbox").deleteMany(new BsonDocument());
    assertThat(store.digest()).isNotEqualTo(before);

    MongoRebuild rebuild = store.rebuild();
    rebuild.apply(TestLog.plan(records));
    rebuild.swap();

    assertThat(store.digest()).isEqualTo(before);
  }

  @Test
  void aSwapThatWasCutShortIsFinished() {
    Digest before = store.digest();
    MongoRebuild rebuild = store.rebuild();
    rebuild.apply(TestLog.plan(records));
    cutShort(List.of("p2p_record_message"));

    MongoRebuild resumed = store.rebuild();
    assertThat(resumed.isComplete()).isTrue();
    assertThatThrownBy(() -> resumed.apply(TestLog.plan(records)))
        .as("what is left is as it was when the swap began")
        .isInstanceOf(StoreUnusableException.class);
    assertThat(resumed.carryOn()).as("all was done before the swap began").isFalse();
    resumed.swap();

    assertThat(store.digest()).isEqualTo(before);
    assertThat(fixture.only("view").getString("_id").getValue()).isEqualTo("view");
    store.apply(TestLog.plan(records));
    assertThat(store.digest()).as("the view is written to as before").isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "p2p_record_message"})
  void whoeverWritesToAViewWhoseSwapHasBegunIsRefused(String swapped) {
    Digest before = store.digest();
    MongoRebuild rebuild = store.rebuild();
    rebuild.apply(TestLog.plan(records));
    cutShort(swapped.isEmpty() ? List.of() : List.of(swapped));
    List<Decoded.Valid<InboxEvent>> more = SeededHistory.of(77, 400).records();
    try (MongoRecordStore persister = fixture.store()) {
      persister.open("log");
      assertThatThrownBy(() -> persister.apply(TestLog.plan(more)))
          .isInstanceOf(StoreUnusableException.class)
          .hasMessageContaining("swapped in");
      assertThat(store.digest()).isEqualTo(before);

      MongoRebuild resumed = store.rebuild();
      assertThat(resumed.isComplete()).isTrue();
      resumed.swap();

      persister.apply(TestLog.plan(more));
      assertThat(store.digest()).isEqualTo(digest(more));
    }
  }

  @Test
  void aViewThatWasWrittenToIsNotSwapped() {
    List<Decoded.Valid<InboxEvent>> more = SeededHistory.of(77, 400).records();
    try (MongoClient client = MongoClients.create(fixture.uri());
        ClientSession session = client.startSession()) {
      ViewDocument live = view(client, ViewDocument.LIVE);
      ViewDocument.Standing seen = live.standing(session);
      store.apply(TestLog.plan(more));
      assertThatThrownBy(() -> live.beginSwap(session, seen))
          .isInstanceOf(StoreUnusableException.class)
          .hasMessageContaining("stop the persisters");
    }
    store.apply(TestLog.plan(more));
    assertThat(store.digest()).isEqualTo(digest(more));
  }

  private static Digest digest(List<Decoded.Valid<InboxEvent>> log) {
    try (InMemoryRecordStore expected = new InMemoryRecordStore()) {
      expected.open("log");
      expected.apply(TestLog.plan(log));
      return expected.digest();
    }
  }

  @Test
  void aSwapThatTheViewHasGoneBeyondIsGivenUp() {
    List<Decoded.Valid<InboxEvent>> more = SeededHistory.of(77, 400).records();
    MongoRebuild rebuild = store.rebuild();
    rebuild.apply(TestLog.plan(records));
    cutShort(MongoTables.names());
    try (MongoClient client = MongoClients.create(fixture.uri());
        ClientSession session = client.startSession()) {
      view(client, ViewDocument.LIVE).endSwap(session, Map.of());
    }
    store.apply(TestLog.plan(more));
    Digest before = store.digest();

    isBegunAnew(store.rebuild(), more, before);
  }

  @Test
  void aViewOfAnEarlierFormIsRefusedUntilItIsRebuilt() {
    Digest before = store.digest();
    MongoCollection<Document> views = fixture.database().getCollection("view");
    views.updateOne(Filters.eq("view"), Updates.set("Form", 2));
    assertThatThrownBy(() -> store.open("log")).hasMessageContaining("earlier version");
    views.updateOne(Filters.eq("view"), Updates.unset("Form"));
    fixture.database().getCollection("p2p_record_message").dropIndexes();
    for (Runnable use : List.<Runnable>of(() -> store.open("log"), store::digest)) {
      assertThatThrownBy(use::run)
          .isInstanceOf(StoreUnusableException.class)
          .hasMessageContainingAll("earlier version", "'linnet rebuild'")
          .hasMessageNotContaining("\n");
    }
    assertThat(fixture.database().getCollection("p2p_record_message").listIndexes())
        .as("nothing is made of it")
        .hasSize(1);

    MongoRebuild half = store.rebuild();
    half.apply(TestLog.plan(records.subList(0, 100)));
    views.updateOne(Filters.eq("rebuild"), Updates.unset("Form"));
    MongoRebuild rebuild = store.rebuild();
    assertThat(rebuild.state().next()).as("half a rebuild of that form is of no use").isEmpty();
    rebuild.apply(TestLog.plan(records));
    rebuild.swap();

    store.open("log");
    assertThat(store.digest()).isEqualTo(before);
    views.updateOne(Filters.eq("view"), Updates.set("Form", 4));
    assertThatThrownBy(() -> store.open("log"))
        .isInstanceOf(StoreUnusableException.class)
        .hasMessageContaining("later version");
  }

  /**
   * As a version did that wrote no flag, and the same again when all but the last step was done.
   */
  @Test
  void aRebuildWithoutItsCollectionsIsBegunAnew() {
    MongoRebuild rebuild = store.rebuild();
    rebuild.apply(TestLog.plan(records));
    for (String each : MongoTables.names()) {
      swapIn(each);
    }
    List<Decoded.Valid<InboxEvent>> more = SeededHistory.of(77, 400).records();
    store.apply(TestLog.plan(more));
    Digest before = store.digest();

    isBegunAnew(store.rebuild(), more, before);
  }

  private void isBegunAnew(
      MongoRebuild rebuild, List<Decoded.Valid<InboxEvent>> log, Digest expected) {
    assertThat(rebuild.state().next()).isEmpty();
    assertThat(store.digest()).isEqualTo(expected);
    rebuild.apply(TestLog.plan(log));
    rebuild.swap();
    assertThat(store.digest()).isEqualTo(expected);
  }

  /** As far as a swap gets before a crash. */
  private void cutShort(List<String> swapped) {
    try (MongoClient client = MongoClients.create(fixture.uri());
        ClientSession session = client.startSession()) {
      ViewDocument live = view(client, ViewDocument.LIVE);
      live.beginSwap(session, live.standing(session));
      view(client, ViewDocument.REBUILD).markSwapping(session);
    }
    swapped.forEach(this::swapIn);
  }

  private ViewDocument view(MongoClient client, String id) {
    return new ViewDocument(client.getDatabase(fixture.database().getName()), id);
  }

  private void swapIn(String collection) {
    fixture
        .database()
        .getCollection(collection + "_rebuild")
        .renameCollection(
            new MongoNamespace(fixture.database().getName(), collection),
            new RenameCollectionOptions().dropTarget(true));
  }
}
