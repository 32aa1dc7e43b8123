package im.linnet.records.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import im.linnet.records.RecordPlan;
import im.linnet.records.RecordPlanner;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.TestLog;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.testkit.MongoServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database that is dropped or replaced behind those who write to it and read it. */
@Tag(MongoServer.TAG)
class MongoReplacedViewIT {
  private static final Map<StreamPartition, Long> FROM_3 =
      Map.of(new StreamPartition(Stream.P2P, 0), 3L);
  private static final Map<StreamPartition, Long> TO_5 =
      Map.of(new StreamPartition(Stream.P2P, 0), 5L);

  private final MongoFixture fixture = new MongoFixture(MongoServer.shared());
  private final MongoRecordStore store = fixture.store();
  private final TestLog log = new TestLog();

  @BeforeEach
  void open() {
    store.open("log");
  }

  @AfterEach
  void close() {
    store.close();
    fixture.close();
  }

  @Test
  void aWriterDoesNotGoOnInAViewThatAnotherOneBegan() {
    Decoded.Valid<InboxEvent> first = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> second = log.p2p("aa", "bb", "m2");
    store.apply(TestLog.plan(first));
    String old = store.state().id();
    fixture.database().drop();
    try (MongoRecordStore other = fixture.store()) {
      String now = other.open("log").id();

      assertThatThrownBy(() -> store.apply(TestLog.plan(second)))
          .isInstanceOf(StoreUnusableException.class);
      assertThat(other.state().next()).isEmpty();
      assertThat(other.find(Stream.P2P, "bb", "m2", "aa")).isNull();
      assertThatThrownBy(() -> store.requireView(old, Map.of()))
          .isInstanceOf(StoreUnavailableException.class);

      assertThat(store.open("log").id()).isEqualTo(now);
      store.apply(TestLog.plan(first, second));
      assertThat(other.state().next()).isEqualTo(log.ends());
    }
  }

  @Test
  void aReaderOfADroppedViewIsTold() {
    String id = store.state().id();
    fixture.database().drop();

    assertThatThrownBy(() -> store.requireView(id, Map.of()))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void marksAreWrittenAgainToAnotherView() {
    Decoded.Valid<InboxEvent> message = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> read = log.read("bb", "aa", message);
    for (int i = 0; i < 2; i++) {
      store.apply(TestLog.plan(message));
      store.apply(TestLog.plan(read));
      assertThat(isRead()).isTrue();
      fixture.database().drop();
      store.open("log");
    }
  }

  @Test
  void marksAreWrittenAgainAfterASwap() {
    Decoded.Valid<InboxEvent> message = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> read = log.read("bb", "aa", message);
    store.apply(TestLog.plan(message, read));
    try (MongoRecordStore other = fixture.store()) {
      MongoRebuild rebuild = other.rebuild();
      rebuild.apply(TestLog.plan(message, read));
      rebuild.swap();
    }
    fixture
        .database()
        .getCollection("p2p_record_message")
        .updateOne(new Document(), Updates.set("IsRead", false));

    store.apply(TestLog.plan(read));

    assertThat(isRead()).isTrue();
  }

  private boolean isRead() {
    return Objects.requireNonNull(store.find(Stream.P2P, "bb", "m1", "aa")).read();
  }

  @Test
  void aPlanThatStoodStillDuringASwapIsNotCompleted() {
    store.apply(RecordPlanner.plan(List.of(), FROM_3));

    isNotCompleted(
        (view, session) -> {
          view.beginSwap(session, view.standing(session));
          view.endSwap(session, FROM_3);
        });
  }

  @Test
  void aPlanThatStoodStillWhileAnOlderCopyWasPutBackIsNotCompleted() {
    store.apply(RecordPlanner.plan(List.of(), FROM_3));

    isNotCompleted(
        (view, session) ->
            fixture
                .database()
                .getCollection("view")
                .updateOne(new Document(), Updates.set("Next.p2p/0", 2L)));
  }

  @Test
  void aPlanThatStoodStillWhileAnotherViewWasBegunIsNotCompleted() {
    store.apply(RecordPlanner.plan(List.of(), FROM_3));

    isNotCompleted(
        (view, session) -> {
          view.delete(session);
          view.create(session, "another", "log");
          view.endSwap(session, FROM_3);
        });
  }

  /** What happens between a plan's first step and its last. */
  private interface Meanwhile {
    void happens(ViewDocument view, ClientSession session);
  }

  private void isNotCompleted(Meanwhile meanwhile) {
    try (MongoClient client = MongoClients.create(fixture.uri());
        ClientSession session = client.startSession()) {
      ViewDocument view =
          new ViewDocument(client.getDatabase(fixture.database().getName()), ViewDocument.LIVE);
      ViewDocument.Edition before = view.edition(session, FROM_3);
      meanwhile.happens(view, session);
      Map<StreamPartition, Long> next = store.state().next();

      assertThatThrownBy(() -> view.advance(session, before, FROM_3, TO_5))
          .isInstanceOf(StoreUnusableException.class);

      assertThat(store.state().next()).isEqualTo(next);
    }
  }

  @Test
  void whatAStoppedWriterPutIntoANewViewIsARepeat() {
    List<Decoded.Valid<InboxEvent>> all =
        List.of(log.p2p("aa", "bb", "m1"), log.p2p("aa", "bb", "m1"));
    Decoded.Valid<InboxEvent> later = log.p2p("aa", "bb", "m2");
    // Up to where the stopped writer gets in the view that another one began.
    store.apply(new RecordPlan(log.counted(all.get(1), later).changes(), Map.of(), Map.of()));

    store.apply(log.counted(all));
    store.apply(log.counted(later));

    assertThat(Objects.requireNonNull(store.find(Stream.P2P, "bb", "m1", "aa")).at())
        .isEqualTo(TestLog.position(all.getFirst()));
    assertThat(store.delivered(Stream.P2P, "bb", -1, Long.MAX_VALUE, 10)).hasSize(2);
    assertThat(store.state().next()).isEqualTo(log.ends());
  }

  @Test
  void aMessageThatIsRefusedAsADuplicateOfNothingIsTriedAgain() {
    fixture
        .database()
        .getCollection("p2p_record_message")
        .createIndex(Indexes.ascending("UUID"), new IndexOptions().unique(true));
    store.apply(TestLog.plan(log.p2p("aa", "bb", "m1")));
    Decoded.Valid<InboxEvent> other = log.p2p("aa", "cc", "m1");

    assertThatThrownBy(() -> store.apply(TestLog.plan(other)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(store.delivered(Stream.P2P, "cc", -1, Long.MAX_VALUE, 10)).isEmpty();

    fixture.database().getCollection("p2p_record_message").dropIndex(Indexes.ascending("UUID"));
    store.apply(TestLog.plan(other));
    assertThat(store.delivered(Stream.P2P, "cc", -1, Long.MAX_VALUE, 10)).hasSize(1);
  }
}
