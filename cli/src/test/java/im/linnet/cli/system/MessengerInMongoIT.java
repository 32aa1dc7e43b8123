package im.linnet.cli.system;

import static im.linnet.cli.system.Talker.event;
import static im.linnet.cli.system.Talker.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.testkit.MongoServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
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
class MessengerInMongoIT implements GroupCases, PeopleCases, RaceCases {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

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
  void theDocumentsOfAGroup() {
    try (Talker a = messenger.login("ma");
        Talker b = messenger.login("mb")) {
      long time =
          a.does("topic.create", "topic", "m", "name", "Tea", "members", List.of("mc", "mb"))
              .path("time")
              .asLong();
      long sent =
          a.does("send", "kind", "topic", "to", "m", "content", "Hello", "uuid", "m1")
              .path("time")
              .asLong();
      String at = b.push(uuid("message", "m1")).path("at").asText();
      a.does("send", "kind", "topic", "to", "m", "content", "Again", "uuid", "m2");
      a.does("topic.kick", "topic", "m", "member", "mc");
      b.push(event("m", "kicked"));
      a.does("recall", "kind", "topic", "to", "m", "uuid", "m2");
      b.does("read", "kind", "topic", "peer", "m", "upTo", at);
      b.does("unread"); // answers from a view that has all of this

      Document topic = only("topic_info", "TopicID", "m");
      assertThat(topic)
          .containsEntry("FounderID", "ma")
          .containsEntry("ClientsID", List.of("ma", "mb"))
          .containsEntry("TopicName", "Tea")
          .containsEntry("JoinPolicy", "open")
          .containsEntry("History", false)
          .containsEntry("Disbanded", false);
      List<Document> members = all("topic_member", "TopicID", "m");
      assertThat(members)
          .extracting(each -> each.getString("ClientID"))
          .containsExactlyInAnyOrder("ma", "mb", "mc");
      for (Document member : members) {
        assertThat(member.getLong("JoinTime")).isEqualTo(time);
        List<Document> spans = member.getList("Spans", Document.class);
        assertThat(spans).hasSize(1);
        assertThat(spans.getFirst().getLong("Join")).isNotNegative();
        boolean gone = member.getString("ClientID").equals("mc");
        assertThat(spans.getFirst().containsKey("Left")).isEqualTo(gone);
      }
      Document message = only("topic_record_message", "UUID", "m1");
      assertThat(message)
          .containsEntry("FromID", "ma")
          .containsEntry("ToID", "m")
          .containsEntry("Content", "Hello")
          .containsEntry("Time", sent / 1_000)
          .containsEntry("IsRead", List.of("ma", "mb"));
      assertThat(isAt(message.get("Log", Document.class), "topic")).isEqualTo(at);
      Document recalled = only("topic_record_message", "UUID", "m2");
      assertThat(recalled)
          .containsEntry("Content", "")
          .containsEntry("Recalled", true)
          .containsEntry("IsRead", List.of("ma"));
    }
  }

  @Test
  void theDocumentsOfPeople() {
    try (Talker a = messenger.login("na");
        Talker b = messenger.login("nb")) {
      long asked =
          a.does(
                  "send",
                  "kind",
                  "mutual",
                  "to",
                  "nb",
                  "type",
                  "add_friend",
                  "content",
                  "Please",
                  "uuid",
                  "n1")
              .path("time")
              .asLong();
      String at = b.push(uuid("message", "n1")).path("at").asText();
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(statuses()).containsExactly(0, 0));
      Document mutual = only("mutual_record_message", "UUID", "n1");
      assertThat(mutual)
          .containsEntry("FromID", "na")
          .containsEntry("ToID", "nb")
          .containsEntry("Type", "add_friend")
          .containsEntry("Content", "Please")
          .containsEntry("Time", asked / 1_000)
          .containsEntry("IsRead", false);
      assertThat(isAt(mutual.get("Log", Document.class), "mutual")).isEqualTo(at);
      assertThat(only("client_info", "ClientID", "na").getList("Friends", String.class)).isEmpty();

      b.does(
          "send",
          "kind",
          "mutual",
          "to",
          "na",
          "type",
          "accept_friend",
          "content",
          "",
          "uuid",
          "n2");
      b.does("read", "kind", "mutual", "peer", "na", "upTo", at);
      b.does("contact.set", "user", "na", "remark", "Ann", "labels", List.of("old", "dear"));
      b.does("block.add", "user", "nz");
      await().atMost(PATIENCE).untilAsserted(() -> areAnswered(asked));
    }
  }

  /**
   * The documents stand in several partitions, so no session's own view tells when all are there.
   */
  private void areAnswered(long asked) {
    assertThat(statuses()).containsExactly(1, 1);
    for (Document request : all("friend_request", "UUID", "n1")) {
      assertThat(request)
          .containsEntry("ReqUserID", "na")
          .containsEntry("UserID", "nb")
          .containsEntry("ReqMessage", "Please")
          .containsEntry("Time", asked / 1_000);
    }
    assertThat(all("friend_request", "UUID", "n1"))
        .extracting(each -> each.getString("Owner"))
        .containsExactlyInAnyOrder("na", "nb");
    assertThat(only("mutual_record_message", "UUID", "n1")).containsEntry("IsRead", true);
    assertThat(only("mutual_record_message", "UUID", "n2"))
        .containsEntry("FromID", "nb")
        .containsEntry("ToID", "na")
        .containsEntry("Type", "accept_friend");
    assertThat(only("client_info", "ClientID", "na")).containsEntry("Friends", List.of("nb"));
    assertThat(only("client_info", "ClientID", "nb"))
        .containsEntry("Friends", List.of("na"))
        .containsEntry("Blocked", List.of("nz"));
    assertThat(only("client_info", "ClientID", "nz")).containsEntry("BlockedBy", List.of("nb"));
    assertThat(only("contact_info", "ClientID", "nb"))
        .containsEntry("UserID", "na")
        .containsEntry("RemarkName", "Ann");
    assertThat(only("contact_info", "ClientID", "nb").getList("Labels", String.class))
        .containsExactlyInAnyOrder("old", "dear");
  }

  private List<Integer> statuses() {
    return all("friend_request", "UUID", "n1").stream()
        .map(each -> each.getInteger("Status"))
        .toList();
  }

  private Document only(String collection, String field, String value) {
    List<Document> found = all(collection, field, value);
    assertThat(found).as("%s of %s", collection, value).hasSize(1);
    return found.getFirst();
  }

  private List<Document> all(String collection, String field, String value) {
    return database
        .getCollection(collection)
        .find(Filters.eq(field, value))
        .into(new ArrayList<>());
  }

  private static String isAt(Document log, String stream) {
    return stream + "/" + log.getInteger("Partition") + "/" + log.getLong("Offset");
  }
}
