package im.linnet.records.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.ClientSession;
import im.linnet.records.Change;
import im.linnet.records.Membership;
import im.linnet.records.MessageDocument;
import im.linnet.records.RecordPlan;
import im.linnet.records.RecordStore;
import im.linnet.records.TestLog;
import im.linnet.records.TopicContract;
import im.linnet.records.TopicPage;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.testkit.MongoServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(MongoServer.TAG)
class MongoTopicsIT extends TopicContract {
  /** So small that most marks are carried on. */
  private static final ReaderProjection.Bounds SMALL = new ReaderProjection.Bounds(2, 3);

  private final MongoFixture fixture = new MongoFixture(MongoServer.shared());

  @AfterEach
  void drop() {
    fixture.close();
  }

  @Override
  protected RecordStore create() {
    return new MongoRecordStore(MongoSettings.of(fixture.uri()), SMALL);
  }

  // The first read of a long history

  @Test
  void aMarkOverALongHistoryIsShownBitByBit() {
    TestLog log = new TestLog();
    try (RecordStore store = create()) {
      store.open(LOG_ID);
      List<Decoded.Valid<InboxEvent>> all = new ArrayList<>();
      all.add(log.created("tea", true, "aa"));
      for (int i = 0; i < 20; i++) {
        all.add(log.topicMessage("aa", "tea", "m" + i));
      }
      all.add(log.joined("tea", "bb"));
      store.apply(log.counted(all));
      store.apply(log.counted(log.readTopic("bb", all.get(20))));
      assertThat(isRead("m0")).containsExactly("aa", "bb");
      assertThat(isRead("m19")).containsExactly("aa");
      assertThat(mark("bb").getInt64("UpTo").getValue()).isEqualTo(20);
      assertThat(mark("bb").containsKey("Shown")).isTrue();
    }
    // Another process after a crash.
    try (RecordStore store = create()) {
      store.open(LOG_ID);
      int rounds = 0;
      while (store.carryOn()) {
        rounds++;
      }
      assertThat(rounds).isBetween(4, 12);
      for (int i = 0; i < 20; i++) {
        assertThat(isRead("m" + i)).as("m%d", i).containsExactly("aa", "bb");
      }
      assertThat(mark("bb").containsKey("Shown")).isFalse();
    }
  }

  @Test
  void aMarkCostsWhatIsUnreadAndNotWhatLiesBetween() {
    TestLog log = new TestLog();
    try (RecordStore store = fixture.store()) {
      store.open(LOG_ID);
      Decoded.Valid<InboxEvent> created = log.created("tea", true, "aa", "bb");
      Decoded.Valid<InboxEvent> one = log.topicMessage("aa", "tea", "m1");
      log.skip(Stream.TOPIC, "tea", 50_000_000);
      Decoded.Valid<InboxEvent> two = log.topicMessage("aa", "tea", "m2");
      store.apply(log.counted(created, one, two));
      long before = updates();
      store.apply(log.counted(log.readTopic("bb", two)));
      assertThat(updates() - before).isLessThan(50);
      assertThat(isRead("m2")).containsExactly("aa", "bb");
      assertThat(store.carryOn()).isFalse();
    }
  }

  @Test
  void aPageOfMessagesWithVeryManyReadersTakesFewQueries() {
    TestLog log = new TestLog();
    try (RecordStore store = fixture.store()) {
      store.open(LOG_ID);
      String[] members = new String[MessageDocument.MOST_READERS + 5];
      for (int i = 0; i < members.length; i++) {
        members[i] = String.format(Locale.ROOT, "u%04d", i);
      }
      List<Decoded.Valid<InboxEvent>> all = new ArrayList<>();
      all.add(log.created("tea", members));
      for (int i = 0; i < 20; i++) {
        all.add(log.topicMessage(members[i], "tea", "m" + i));
      }
      Decoded.Valid<InboxEvent> last = all.getLast();
      for (String member : members) {
        all.add(log.readTopic(member, last));
      }
      store.apply(log.counted(all));
      Membership member = store.topics().membership("tea", members[0]);
      long before = questions();
      TopicPage page = store.topics().history(member, null, 20, Integer.MAX_VALUE);
      assertThat(questions() - before).isLessThan(20);
      assertThat(page.messages())
          .hasSize(20)
          .allMatch(each -> each.readers() == members.length - 1);
    }
  }

  /** Questions that the server has answered to anybody. */
  private long questions() {
    return count("query") + count("getmore") + count("command");
  }

  /** Updates that the server has done for anybody. */
  private long updates() {
    return count("update");
  }

  private long count(String operation) {
    return fixture
        .database()
        .runCommand(new BsonDocument("serverStatus", new BsonInt32(1)), BsonDocument.class)
        .getDocument("opcounters")
        .getNumber(operation)
        .longValue();
  }

  private List<String> isRead(String uuid) {
    BsonDocument found =
        fixture
            .database()
            .getCollection("topic_record_message", BsonDocument.class)
            .find(new BsonDocument("UUID", new BsonString(uuid)))
            .first();
    return found.getArray("IsRead").stream().map(each -> each.asString().getValue()).toList();
  }

  private BsonDocument mark(String reader) {
    return fixture
        .database()
        .getCollection("read_mark", BsonDocument.class)
        .find(new BsonDocument("Reader", new BsonString(reader)))
        .first();
  }

  /** Some writers have done their part, and the next one half of it. */
  @Override
  protected void crash(RecordStore of, RecordPlan plan, int stages) {
    List<ChangeWriter> writers = ChangeWriters.of(new MongoTables(fixture.database(), ""), SMALL);
    int done = stages % writers.size();
    try (ClientSession session = fixture.session()) {
      writers.subList(0, done).forEach(writer -> writer.write(session, plan));
      ChangeWriter next = writers.get(done);
      List<? extends Change> all = plan.of(next.kind());
      next.write(
          session,
          new RecordPlan(new ArrayList<>(all.subList(0, all.size() / 2)), Map.of(), Map.of()));
    }
  }
}
