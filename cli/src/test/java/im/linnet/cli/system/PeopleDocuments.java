package im.linnet.cli.system;

import static im.linnet.cli.system.Talker.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.bson.Document;

/** The documents of friends, blocks, contacts and profiles. */
final class PeopleDocuments {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Messenger messenger;
  private final MongoView view;
  private final ShownRows rows;

  PeopleDocuments(Messenger messenger, MongoView view, ShownRows rows) {
    this.messenger = messenger;
    this.view = view;
    this.rows = rows;
  }

  void look() {
    try (Talker a = messenger.login("na");
        Talker b = messenger.login("nb")) {
      long asked = step(a, "nb", "add_friend", "Please", "n1").path("time").asLong();
      String at = b.push(uuid("message", "n1")).path("at").asText();
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(statuses()).containsExactly(0, 0));
      Document mutual = view.only("mutual_record_message", "UUID", "n1");
      assertThat(mutual)
          .containsEntry("FromID", "na")
          .containsEntry("ToID", "nb")
          .containsEntry("Type", "add_friend")
          .containsEntry("Content", "Please")
          .containsEntry("Time", asked / 1_000)
          .containsEntry("IsRead", false);
      assertThat(MongoView.at("mutual", mutual)).isEqualTo(at);
      assertThat(client("na").getList("Friends", String.class)).isEmpty();

      step(b, "na", "accept_friend", "", "n2");
      b.does("read", "kind", "mutual", "peer", "na", "upTo", at);
      b.does("contact.set", "user", "na", "remark", "Ann", "labels", List.of("old", "dear"));
      b.does("block.add", "user", "nz");
      a.push(uuid("message", "n2"));
      a.does("profile.set", "nickname", "Al", "avatar", "https://a.example/face.png");
      // They stand in several partitions, so no session's own view tells when all are there.
      await().atMost(PATIENCE).untilAsserted(() -> areAnswered(asked));
      relations(b);
      profile(b);
      contact(b);
      request(a, asked);
    }
  }

  private static JsonNode step(Talker by, String to, String type, String content, String uuid) {
    return by.does(
        "send", "kind", "mutual", "to", to, "type", type, "content", content, "uuid", uuid);
  }

  private void areAnswered(long asked) {
    assertThat(statuses()).containsExactly(1, 1);
    for (Document request : view.all("friend_request", "UUID", "n1")) {
      assertThat(request)
          .containsEntry("ReqUserID", "na")
          .containsEntry("UserID", "nb")
          .containsEntry("ReqMessage", "Please")
          .containsEntry("Time", asked / 1_000);
    }
    assertThat(view.all("friend_request", "UUID", "n1"))
        .extracting(each -> each.getString("Owner"))
        .containsExactlyInAnyOrder("na", "nb");
    assertThat(view.only("mutual_record_message", "UUID", "n1")).containsEntry("IsRead", true);
    assertThat(view.only("mutual_record_message", "UUID", "n2"))
        .containsEntry("FromID", "nb")
        .containsEntry("ToID", "na")
        .containsEntry("Type", "accept_friend");
    assertThat(client("na")).containsEntry("Friends", List.of("nb"));
    assertThat(client("nb"))
        .containsEntry("Friends", List.of("na"))
        .containsEntry("Blocked", List.of("nz"));
    assertThat(client("nz")).containsEntry("BlockedBy", List.of("nb"));
  }

  private void relations(Talker b) {
    Document document = client("nb");
    rows.stored("client_info", document, "ClientID", "nb");
    rows.stored("client_info", document, "Friends", List.of("na"));
    rows.told(b.does("friend.list"), "friends", List.of("na"), "client_info.Friends");
    rows.stored("client_info", document, "Blocked", List.of("nz"));
    rows.told(b.does("block.list"), "blocked", List.of("nz"), "client_info.Blocked");
    rows.stored("client_info", client("nz"), "BlockedBy", List.of("nb"));
    assertThat(rows.value("client_info", document, "RelationGuard", Long.class)).isNotNegative();
  }

  private void profile(Talker b) {
    JsonNode told = b.does("profile.get", "users", List.of("na")).path("profiles").path(0);
    Document document = client("na");
    rows.told(told, "user", "na", "client_info.ClientID", "UserInfo.UserId");
    rows.stored("client_info", document, "Nickname", "Al");
    rows.told(told, "nickname", "Al", "client_info.Nickname", "UserInfo.Nickname");
    String face = "https://a.example/face.png";
    rows.stored("client_info", document, "Avatar", face);
    rows.told(told, "avatar", face, "client_info.Avatar", "UserInfo.Avatar");
    assertThat(rows.value("client_info", document, "ProfileGuard", Long.class)).isNotNegative();
  }

  private void contact(Talker b) {
    JsonNode told = b.does("contact.list").path("contacts").path(0);
    Document document = view.only("contact_info", "ClientID", "nb");
    rows.stored("contact_info", document, "ClientID", "nb");
    rows.stored("contact_info", document, "UserID", "na");
    rows.told(told, "user", "na", "ContactInfo.UserId");
    rows.stored("contact_info", document, "RemarkName", "Ann");
    rows.told(told, "remark", "Ann", "ContactInfo.RemarkName");
    List<?> labels = rows.value("contact_info", document, "Labels", List.class);
    assertThat(labels.stream().map(String::valueOf)).containsExactlyInAnyOrder("old", "dear");
    rows.told(told, "labels", labels, "ContactInfo.Labels");
    assertThat(rows.value("contact_info", document, "LastChange", Long.class)).isNotNegative();
  }

  private void request(Talker a, long asked) {
    JsonNode told = a.does("friend.requests").path("requests").path(0);
    Document document = view.only("friend_request", "UUID", "n1", "Owner", "na");
    rows.stored("friend_request", document, "Owner", "na");
    rows.stored("friend_request", document, "UserID", "nb");
    rows.told(told, "user", "nb", "FriendRequest.UserId");
    rows.stored("friend_request", document, "ReqUserID", "na");
    rows.told(told, "reqUser", "na", "FriendRequest.ReqUserId");
    rows.stored("friend_request", document, "ReqMessage", "Please");
    rows.told(told, "reqMessage", "Please", "FriendRequest.ReqMessage");
    rows.stored("friend_request", document, "Status", 1);
    rows.told(told, "status", 1, "FriendRequest.Status");
    rows.stored("friend_request", document, "Time", asked / 1_000);
    assertThat(told.path("time").asLong()).isEqualTo(asked / 1_000);
    rows.stored("friend_request", document, "UUID", "n1");
    long place = rows.value("friend_request", document, "Log", Document.class).getLong("Offset");
    assertThat(rows.value("friend_request", document, "LastChange", Long.class))
        .isGreaterThan(place);
  }

  private Document client(String user) {
    return view.only("client_info", "ClientID", user);
  }

  private List<Integer> statuses() {
    return view.all("friend_request", "UUID", "n1").stream()
        .map(each -> each.getInteger("Status"))
        .toList();
  }
}
