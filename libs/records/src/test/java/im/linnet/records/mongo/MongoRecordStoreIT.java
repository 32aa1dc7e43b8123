package im.linnet.records.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.ClientSession;
import im.linnet.records.Change;
import im.linnet.records.ChangeMessage;
import im.linnet.records.ChangeRelation;
import im.linnet.records.CommandId;
import im.linnet.records.InsertInbox;
import im.linnet.records.InsertMessage;
import im.linnet.records.MarkRead;
import im.linnet.records.PresenceDirectory.PresenceEntry;
import im.linnet.records.RaiseConversation;
import im.linnet.records.RecordPlan;
import im.linnet.records.RecordStore;
import im.linnet.records.RecordStoreContract;
import im.linnet.records.SaveContact;
import im.linnet.records.SaveVerdict;
import im.linnet.records.StoredVerdict;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.testkit.MongoServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(MongoServer.TAG)
class MongoRecordStoreIT extends RecordStoreContract {
  private final MongoFixture fixture = new MongoFixture(MongoServer.shared());

  @AfterEach
  void drop() {
    fixture.close();
  }

  @Override
  protected RecordStore create() {
    return fixture.store();
  }

  @Override
  protected @Nullable PresenceEntry presence(RecordStore of, String user) {
    BsonDocument found = find("client_info", new BsonDocument("ClientID", new BsonString(user)));
    return found == null
        ? null
        : new PresenceEntry(
            found.getString("ClientID").getValue(),
            found.getString("ClientAddr").getValue(),
            found.getString("MsgServerAddr").getValue(),
            found.getBoolean("Alive").getValue(),
            found.getInt64("LastSeen").getValue(),
            found.getInt64("PresenceGuard").getValue());
  }

  @Override
  protected List<String> edges(RecordStore of, String tracker) {
    BsonDocument found = find("kvs", new BsonDocument("Key", new BsonString(tracker)));
    return found == null
        ? List.of()
        : found.getArray("Value").stream().map(each -> each.asString().getValue()).toList();
  }

  private @Nullable BsonDocument find(String collection, BsonDocument filter) {
    return fixture.database().getCollection(collection, BsonDocument.class).find(filter).first();
  }

  @Override
  protected void crash(RecordStore of, RecordPlan plan, int stages) {
    MongoTables tables = new MongoTables(fixture.database(), "");
    try (ClientSession session = fixture.session()) {
      new MessageWriter(tables).write(session, stages < 1 ? halfOfItsMessages(plan) : plan);
      if (stages >= 2) {
        new ReadMarkWriter(tables).write(session, plan);
      }
      if (stages >= 3) {
        List<InsertInbox> all = plan.of(InsertInbox.class);
        new InboxWriter(tables)
            .write(session, plan(all.subList(0, stages == 3 ? all.size() / 2 : all.size())));
      }
      if (stages >= 5) {
        List<ChangeMessage> all = plan.of(ChangeMessage.class);
        new MessageChangeWriter(tables)
            .write(session, plan(all.subList(0, stages == 5 ? all.size() / 2 : all.size())));
        new RequestWriter(tables).write(session, plan);
        List<ChangeRelation> relations = plan.of(ChangeRelation.class);
        new RelationWriter(tables)
            .write(
                session,
                plan(relations.subList(0, stages == 5 ? relations.size() / 2 : relations.size())));
      }
      if (stages >= 6) {
        new RequestAnswerWriter(tables).write(session, plan);
      }
      if (stages >= 6) {
        List<SaveContact> all = plan.of(SaveContact.class);
        new ContactWriter(tables)
            .write(session, plan(all.subList(0, stages == 6 ? all.size() / 2 : all.size())));
      }
      if (stages >= 7) {
        List<RaiseConversation> all = plan.of(RaiseConversation.class);
        new ConversationWriter(tables)
            .write(session, plan(all.subList(0, stages == 7 ? all.size() / 2 : all.size())));
      }
    }
  }

  @Override
  protected String everything(RecordStore of) {
    return fixture.everything();
  }

  /** A bulk is not ordered: what of it is written may be any part. */
  private static RecordPlan halfOfItsMessages(RecordPlan plan) {
    List<InsertMessage> messages = plan.of(InsertMessage.class);
    List<Change> changes = new ArrayList<>(plan.of(MarkRead.class));
    changes.addAll(messages.subList(messages.size() / 2, messages.size()));
    return plan(changes);
  }

  private static RecordPlan plan(List<? extends Change> changes) {
    return new RecordPlan(List.copyOf(changes), Map.of(), Map.of());
  }

  /** Each inserts the same document in the same moment, and any of them may be the first. */
  @Test
  void aWriterThatStoodStillTakesNothingFromItsSuccessors() {
    int writers = 4;
    MongoTables tables = new MongoTables(fixture.database(), "");
    try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
      for (int i = 0; i < 100; i++) {
        CommandId command = new CommandId("aa", "aa|bb", "u" + i);
        CyclicBarrier together = new CyclicBarrier(writers);
        List<Future<?>> all = new ArrayList<>();
        for (int offset = 0; offset < writers; offset++) {
          SaveVerdict verdict = verdict(command, offset);
          all.add(
              pool.submit(
                  () -> {
                    try (ClientSession session = fixture.session()) {
                      together.await();
                      new VerdictWriter(tables).write(session, plan(List.of(verdict)));
                    }
                    return verdict;
                  }));
        }
        for (Future<?> each : all) {
          assertThat(each).succeedsWithin(Duration.ofMinutes(1));
        }
        assertThat(tables.verdicts().find(Bson.id(VerdictForm.id(command))).first())
            .extracting(found -> found.at().offset())
            .isEqualTo(writers - 1L);
      }
    }
  }

  /** Each comes when the one before it is no longer kept, and so stands in its place. */
  private static SaveVerdict verdict(CommandId command, long offset) {
    long time = System.currentTimeMillis() + offset * StoredVerdict.KEPT_MILLIS;
    return new SaveVerdict(
        new StoredVerdict(command, 0, null, null, new Position(Stream.MUTUAL, 0, offset), time));
  }

  @Test
  void eachChangeHasAWriterAndEachCollectionAForm() {
    List<ChangeWriter> writers =
        ChangeWriters.of(new MongoTables(fixture.database(), ""), ReaderProjection.Bounds.DEFAULT);
    assertThat(writers)
        .<Class<?>>extracting(ChangeWriter::kind)
        .containsExactlyInAnyOrder(Change.class.getPermittedSubclasses());
    assertThat(MongoForm.ALL)
        .<ViewCollection<?>>extracting(MongoForm::collection)
        .containsExactlyElementsOf(ViewCollection.ALL);
  }
}
