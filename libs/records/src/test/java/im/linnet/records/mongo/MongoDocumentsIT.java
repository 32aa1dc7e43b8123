package im.linnet.records.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import im.linnet.records.Digest;
import im.linnet.records.PresenceDirectory.PresenceEntry;
import im.linnet.records.RecordPlanner;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.StoredMessage;
import im.linnet.records.TestLog;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.testkit.MongoServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The documents as programs written against the given structure find them. */
@Tag(MongoServer.TAG)
class MongoDocumentsIT {
  private final MongoFixture fixture = new MongoFixture(MongoServer.shared());
  private final MongoRecordStore store = fixture.store();
  private final TestLog log = new TestLog();

  @AfterEach
  void close() {
    store.close();
    fixture.close();
  }

  @Test
  void aP2pMessageHasTheGivenFieldsAndOursBesideThem() {
    store.open("log");
    log.at(1_439_931_237_789L).skip(Stream.P2P, "bb", 12);
    MessageEvent message =
        new MessageEvent(Stream.P2P, "d430f0bd-2d24", "aa", "bb", "text", "Hello world");
    Decoded.Valid<InboxEvent> sent = log.append(message);
    store.apply(TestLog.plan(sent));

    assertThat(fixture.only("p2p_record_message"))
        .isEqualTo(
            BsonDocument.parse(
                """
                {
                  "_id": "bb/0000000000000000012",
                  "FromID": "aa",
                  "ToID": "bb",
                  "Content": "Hello world",
                  "Time": {"$numberLong": "1439931237"},
                  "UUID": "d430f0bd-2d24",
                  "IsRead": false,
                  "Type": "text",
                  "Log": {
                    "Partition": %d,
                    "Offset": {"$numberLong": "12"},
                    "Timestamp": {"$numberLong": "1439931237789"}
                  }
                }
                """
                    .formatted(TestLog.partitionOf("bb"))));

    store.apply(TestLog.plan(log.read("bb", "aa", sent)));
    assertThat(fixture.only("p2p_record_message").getBoolean("IsRead").getValue()).isTrue();
  }

  @Test
  void aMutualMessageHasTheGivenFieldsAndOursBesideThem() {
    store.open("log");
    log.at(1_441_921_932_001L);
    store.apply(
        TestLog.plan(
            log.append(new MessageEvent(Stream.MUTUAL, "e0b64e21", "aa", "bb", "wave", "hi"))));

    assertThat(fixture.only("mutual_record_message"))
        .isEqualTo(
            BsonDocument.parse(
                """
                {
                  "_id": "bb/0000000000000000000",
                  "FromID": "aa",
                  "ToID": "bb",
                  "Type": "wave",
                  "Time": {"$numberLong": "1441921932"},
                  "UUID": "e0b64e21",
                  "IsRead": false,
                  "Content": "hi",
                  "Log": {
                    "Partition": %d,
                    "Offset": {"$numberLong": "0"},
                    "Timestamp": {"$numberLong": "1441921932001"}
                  }
                }
                """
                    .formatted(TestLog.partitionOf("bb"))));
  }

  @Test
  void theInboxHoldsTheBytesOfWhatIsNoMessage() {
    store.open("log");
    Decoded.Valid<InboxEvent> sent =
        log.at(5_000).skip(Stream.P2P, "bb", 812).p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> read = log.read("bb", "aa", sent);
    store.apply(TestLog.plan(sent, read));

    assertThat(fixture.database().getCollection("inbox").countDocuments()).isEqualTo(1);
    assertThat(fixture.only("inbox"))
        .isEqualTo(
            new BsonDocument(
                    "_id",
                    new BsonString("p2p/bb/0000000000000000813/" + TestLog.partitionOf("bb")))
                .append("Time", new BsonInt64(5_000))
                .append("Value", new BsonBinary(read.record().value())));
  }

  @Test
  void onlyAForeignRecordsBytesAreKept() {
    store.open("log");
    String value =
        "{\"kind\":\"p2p\",\"op\":\"message\",\"uuid\":\"m1\",\"from\":\"aa\",\"to\":\"bb\","
            + "\"type\":\"text\",\"content\":\"hi\",\"x\":1}";
    store.apply(
        log.counted(
            log.append(new MessageEvent(Stream.P2P, "m1", "aa", "bb", "text", "hi"), value)));

    assertThat(fixture.only("p2p_record_message").getBinary("Raw").getData())
        .isEqualTo(value.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatWasRecalledOrEditedIsReadSo() {
    store.open("log");
    Decoded.Valid<InboxEvent> one = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> two = log.p2p("aa", "bb", "m2");
    store.apply(TestLog.plan(one, two));
    Digest before = store.digest();
    MongoCollection<Document> messages = fixture.database().getCollection("p2p_record_message");
    messages.updateOne(
        Filters.eq("UUID", "m1"),
        Updates.combine(
            Updates.set("Content", ""),
            Updates.set("Recalled", true),
            Updates.set("LastChange", 7L)));
    messages.updateOne(
        Filters.eq("UUID", "m2"),
        Updates.combine(
            Updates.set("Content", "new"),
            Updates.set("EditedAt", 6_000L),
            Updates.set("LastChange", 8L)));

    assertThat(Objects.requireNonNull(store.find(Stream.P2P, "bb", "m1", "aa")).revision())
        .isEqualTo(new StoredMessage.Revision(true, 0, 7));
    assertThat(store.history(Stream.P2P, "bb", "aa", null, 5, 64 << 10).messages())
        .extracting(StoredMessage::revision)
        .containsExactly(
            new StoredMessage.Revision(false, 6_000, 8), new StoredMessage.Revision(true, 0, 7));
    assertThat(store.delivered(Stream.P2P, "bb", -1, 9, 5))
        .extracting(each -> new String(each.value(), StandardCharsets.UTF_8))
        .satisfiesExactly(
            recalled -> assertThat(recalled).endsWith("\"content\":\"\",\"recalled\":true}"),
            edited -> assertThat(edited).endsWith("\"content\":\"new\",\"edited\":6000}"));
    assertThat(store.digest()).isNotEqualTo(before);
    store.apply(TestLog.plan(one, two));
    assertThat(Objects.requireNonNull(store.find(Stream.P2P, "bb", "m1", "aa")).message().content())
        .as("a repeat leaves it alone")
        .isEmpty();
  }

  @Test
  void aUserHasTheGivenFieldsFromTheStart() {
    store.open("log");
    store.savePresence(
        List.of(new PresenceEntry("aa", "192.168.60.101:58604", "127.0.0.1:19000", true, 17L, 3)));

    BsonDocument user = fixture.only("client_info");
    user.remove("_id");
    assertThat(user)
        .isEqualTo(
            BsonDocument.parse(
                """
                {
                  "ClientID": "aa",
                  "ClientAddr": "192.168.60.101:58604",
                  "MsgServerAddr": "127.0.0.1:19000",
                  "Friends": [],
                  "Alive": true,
                  "LastSeen": {"$numberLong": "17"},
                  "PresenceGuard": {"$numberLong": "3"}
                }
                """));
  }

  @Test
  void theLiveEdgesHaveTheGivenFields() {
    store.open("log");
    store.saveEdges("127.0.0.1:20000", List.of("127.0.0.1:19000", "127.0.0.1:19002"));

    BsonDocument edges = fixture.only("kvs");
    edges.remove("_id");
    assertThat(edges)
        .isEqualTo(
            BsonDocument.parse(
                """
                {
                  "Type": "routerManageMsgServer",
                  "Key": "127.0.0.1:20000",
                  "Value": ["127.0.0.1:19000", "127.0.0.1:19002"]
                }
                """));
  }

  @Test
  void theIndexesAreThoseThatTheQueriesNeed() {
    store.open("log");
    for (String collection : List.of("p2p_record_message", "mutual_record_message")) {
      assertThat(indexes(collection))
          .containsOnlyKeys("_id_", "identity", "history", "unread")
          .containsEntry("identity", BsonDocument.parse("{'UUID': 1, 'ToID': 1, 'FromID': 1}"))
          .containsEntry("history", BsonDocument.parse("{'ToID': 1, 'FromID': 1, 'Log.Offset': 1}"))
          .containsEntry(
              "unread",
              BsonDocument.parse("{'ToID': 1, 'FromID': 1, 'Log.Offset': 1, 'IsRead': 1}"));
    }
    assertThat(indexes("inbox")).containsOnlyKeys("_id_");
    assertThat(indexes("contact_info"))
        .containsOnlyKeys("_id_", "contact")
        .containsEntry("contact", BsonDocument.parse("{'ClientID': 1, 'UserID': 1}"));
    assertThat(indexes("conversation"))
        .containsOnlyKeys("_id_", "hour")
        .containsEntry("hour", BsonDocument.parse("{'Owner': 1, 'Hour': 1}"));
  }

  @Test
  void aContactHasTheGivenFields() {
    store.open("log");
    store.apply(TestLog.plan(log.contact("aa", "bb", "Bob", List.of("work", "chess"))));

    assertThat(fixture.only("contact_info"))
        .isEqualTo(
            BsonDocument.parse(
                """
                {
                  "_id": "aa/bb",
                  "ClientID": "aa",
                  "UserID": "bb",
                  "RemarkName": "Bob",
                  "Labels": ["work", "chess"],
                  "LastChange": {"$numberLong": "0"}
                }
                """));
  }

  @Test
  void aConversationNamesTheHourOfItsNewestMessageInEachDirection() {
    store.open("log");
    log.at(1_763_755_200_000L);
    store.apply(TestLog.plan(log.p2p("aa", "bb", "m1")));
    log.at(1_763_755_200_000L + 3_600_000);
    store.apply(TestLog.plan(log.p2p("aa", "bb", "m2"), log.p2p("aa", "bb", "m3")));

    assertThat(
            fixture
                .database()
                .getCollection("conversation", BsonDocument.class)
                .find()
                .into(new ArrayList<>()))
        .containsExactlyInAnyOrder(conversation("aa", "bb", "out"), conversation("bb", "aa", "in"));
  }

  private static BsonDocument conversation(String owner, String peer, String direction) {
    return BsonDocument.parse(
        """
        {
          "_id": "%1$s/%2$s/%3$s",
          "Owner": "%1$s",
          "Peer": "%2$s",
          "Direction": "%3$s",
          "Hour": {"$numberLong": "489933"}
        }
        """
            .formatted(owner, peer, direction));
  }

  private Map<String, BsonDocument> indexes(String collection) {
    Map<String, BsonDocument> found = new HashMap<>();
    fixture
        .database()
        .getCollection(collection)
        .listIndexes(BsonDocument.class)
        .forEach(each -> found.put(each.getString("name").getValue(), each.getDocument("key")));
    return found;
  }

  @Test
  void anotherRecordAtAKnownPlaceStopsTheApplier() {
    store.open("log");
    store.apply(TestLog.plan(log.p2p("aa", "bb", "m1")));
    Decoded.Valid<InboxEvent> other = new TestLog().p2p("aa", "bb", "m2");

    assertThatThrownBy(() -> store.apply(TestLog.plan(other)))
        .isInstanceOf(StoreUnusableException.class)
        .hasMessageContaining("im.p2p.v1-" + TestLog.partitionOf("bb") + "@0");
  }

  @Test
  void aViewWhoseDocumentIsGoneStopsTheApplier() {
    store.open("log");
    fixture.database().getCollection("view").drop();

    assertThatThrownBy(() -> store.apply(RecordPlanner.plan(List.of(), Map.of(place(), 3L))))
        .isInstanceOf(StoreUnusableException.class);
    assertThatThrownBy(store::state).isInstanceOf(StoreUnusableException.class);
  }

  private static StreamPartition place() {
    return new StreamPartition(Stream.P2P, 0);
  }

  @Test
  void queriesTouchNoMoreThanTheyAnswer() {
    store.open("log");
    List<Decoded.Valid<InboxEvent>> all = new ArrayList<>();
    for (int i = 0; i < 9_000; i++) {
      all.add(log.p2p("aa", "bb", "a" + i));
    }
    for (int i = 0; i < 300; i++) {
      all.add(log.p2p("u" + i % 30, "bb", "b" + i));
    }
    store.apply(TestLog.plan(all));
    profile(2);

    store.unread("bb");
    assertThat(examined("docsExamined")).as("unread is counted from keys alone").isZero();
    assertThat(examined("keysExamined")).isLessThan(2 * UnreadQueries.ROUND);

    profile(2);
    assertThat(store.unreadMessages(Stream.P2P, "bb", 100, 9_200, 50)).hasSize(50);
    assertThat(examined("docsExamined")).isEqualTo(50);
    assertThat(examined("keysExamined")).isLessThan(200);

    profile(2);
    assertThat(store.unreadFloor(Stream.P2P, "bb", -1, 9_200, 50)).isEqualTo(9_149);
    assertThat(examined("docsExamined")).isZero();
    assertThat(examined("keysExamined")).isLessThan(250);

    profile(2);
    assertThat(store.history(Stream.P2P, "bb", "aa", null, 50, 64 << 10).messages()).hasSize(50);
    assertThat(examined("docsExamined")).isEqualTo(51);

    profile(2);
    assertThat(store.delivered(Stream.P2P, "bb", 100, 9_200, 50)).hasSize(50);
    assertThat(examined("docsExamined")).isEqualTo(50);

    profile(2);
    assertThat(store.deliveredFloor(Stream.P2P, "bb", -1, 9_200, 50)).isEqualTo(9_149);
    assertThat(examined("docsExamined")).isZero();
    assertThat(examined("keysExamined")).isLessThan(60);

    profile(2);
    store.apply(TestLog.plan(log.read("bb", "u3", all.get(9_003))));
    assertThat(examined("docsExamined")).as("a mark touches what it marks").isEqualTo(1);
    profile(0);
  }

  @Test
  void theQueriesOfOneQuestionShareItsTime() {
    store.open("log");
    store.apply(TestLog.plan(log.p2p("aa", "bb", "m1"), log.p2p("cc", "bb", "m2")));
    AtomicLong now = new AtomicLong();
    UnreadQueries slow =
        new UnreadQueries(
            new MongoTables(fixture.database(), ""),
            10_000,
            () -> now.getAndAdd(TimeUnit.SECONDS.toNanos(6)));
    try (ClientSession session = fixture.session()) {
      assertThatThrownBy(() -> slow.counts(session, "bb"))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> slow.page(session, Stream.P2P, "bb", -1, 9, 5))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> slow.floor(session, Stream.P2P, "bb", -1, 9, 5))
          .isInstanceOf(StoreUnavailableException.class);
    }
  }

  @Test
  void aPageOfLargeMessagesReadsLittleMoreThanItAnswers() {
    store.open("log");
    String content = "x".repeat(32 << 10);
    List<Decoded.Valid<InboxEvent>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(log.append(new MessageEvent(Stream.P2P, "a" + i, "aa", "bb", "text", content)));
      all.add(log.append(new MessageEvent(Stream.P2P, "b" + i, "bb", "aa", "text", content)));
    }
    store.apply(TestLog.plan(all));
    profile(2);

    assertThat(store.history(Stream.P2P, "bb", "aa", null, 200, 64 << 10).messages()).hasSize(1);

    assertThat(examined("docsExamined")).isLessThanOrEqualTo(2 * MessageQueries.BATCH);
    profile(0);
  }

  private void profile(int level) {
    fixture.database().runCommand(new BsonDocument("profile", new BsonInt32(0)));
    fixture.database().getCollection("system.profile").drop();
    fixture.database().runCommand(new BsonDocument("profile", new BsonInt32(level)));
  }

  private long examined(String what) {
    long sum = 0;
    for (BsonDocument each :
        fixture.database().getCollection("system.profile", BsonDocument.class).find()) {
      String collection = each.getString("ns").getValue();
      if (collection.endsWith("_record_message") || collection.endsWith(".inbox")) {
        sum += each.getNumber(what, new BsonInt32(0)).longValue();
      }
    }
    return sum;
  }
}
