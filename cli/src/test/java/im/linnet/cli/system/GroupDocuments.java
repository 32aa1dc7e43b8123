package im.linnet.cli.system;

import static im.linnet.cli.system.Talker.event;
import static im.linnet.cli.system.Talker.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Date;
import java.util.List;
import org.bson.Document;

/** The documents of groups, their members and their marks, and of verdicts. */
final class GroupDocuments {
  private final Messenger messenger;
  private final MongoView view;
  private final ShownRows rows;

  GroupDocuments(Messenger messenger, MongoView view, ShownRows rows) {
    this.messenger = messenger;
    this.view = view;
    this.rows = rows;
  }

  void look() {
    try (Talker a = messenger.login("ma");
        Talker b = messenger.login("mb")) {
      long time =
          a.does("topic.create", "topic", "m", "name", "Tea", "members", List.of("mc"))
              .path("time")
              .asLong();
      await("the next second").until(() -> System.currentTimeMillis() / 1_000 > time);
      b.does("topic.join", "topic", "m");
      long joined = a.push(event("m", "joined")).path("time").asLong() / 1_000;
      assertThat(joined).isGreaterThan(time);
      long sent =
          a.does("send", "kind", "topic", "to", "m", "content", "Hello", "uuid", "m1")
              .path("time")
              .asLong();
      String at = b.push(uuid("message", "m1")).path("at").asText();
      a.does("send", "kind", "topic", "to", "m", "content", "Again", "uuid", "m2");
      a.does("topic.kick", "topic", "m", "member", "mc");
      String kicked = b.push(event("m", "kicked")).path("at").asText();
      a.does("recall", "kind", "topic", "to", "m", "uuid", "m2");
      b.does("read", "kind", "topic", "peer", "m", "upTo", at);
      b.does("unread"); // answers from a view that has all of this

      topic(b.does("topic.info", "topic", "m"), time, kicked);
      members(b, time, joined, kicked);
      Document message = view.only("topic_record_message", "UUID", "m1");
      assertThat(message)
          .containsEntry("FromID", "ma")
          .containsEntry("ToID", "m")
          .containsEntry("Content", "Hello")
          .containsEntry("Time", sent / 1_000)
          .containsEntry("IsRead", List.of("ma", "mb"));
      assertThat(MongoView.at("topic", message)).isEqualTo(at);
      Document recalled = view.only("topic_record_message", "UUID", "m2");
      assertThat(recalled)
          .containsEntry("Content", "")
          .containsEntry("Recalled", true)
          .containsEntry("IsRead", List.of("ma"));
      Document mark = view.only("read_mark", "TopicID", "m");
      rows.stored("read_mark", mark, "TopicID", "m");
      rows.stored("read_mark", mark, "Reader", "mb");
      assertThat(at).endsWith("/" + rows.value("read_mark", mark, "UpTo", Long.class));
      rows.seenElsewhere("read_mark", mark, "Shown");
      disbanded(a, b);
      verdicts(a, b);
    }
  }

  private void topic(JsonNode info, long time, String lastFact) {
    Document topic = view.only("topic_info", "TopicID", "m");
    rows.stored("topic_info", topic, "TopicID", "m");
    rows.told(info, "topic", "m", "topic_info.TopicID", "GroupInfo.GroupId");
    rows.stored("topic_info", topic, "FounderID", "ma");
    rows.told(info, "founder", "ma", "topic_info.FounderID", "GroupInfo.OwnerUserId");
    rows.stored("topic_info", topic, "ClientsID", List.of("ma", "mb"));
    rows.told(info, "members", 2, "topic_info.ClientsID");
    rows.stored("topic_info", topic, "TopicName", "Tea");
    rows.told(info, "name", "Tea", "topic_info.TopicName", "GroupInfo.GroupName");
    rows.stored("topic_info", topic, "JoinPolicy", "open");
    rows.told(info, "join", "open", "topic_info.JoinPolicy");
    rows.stored("topic_info", topic, "History", false);
    rows.told(info, "history", false, "topic_info.History");
    rows.stored("topic_info", topic, "Time", time);
    rows.told(info, "time", time, "topic_info.Time");
    rows.stored("topic_info", topic, "Disbanded", false);
    rows.value("topic_info", topic, "Log", Document.class);
    assertThat(MongoView.at("topic", topic)).isEqualTo(lastFact);
  }

  private void members(Talker b, long time, long joined, String kicked) {
    Talker.Request request = b.begin("topic.members", "topic", "m");
    JsonNode page = b.answered(request).path("members");
    rows.told(request.frame(), "topic", "m", "GroupMember.GroupId");
    assertThat(page).hasSize(2);
    rows.told(page.path(0), "user", "ma", "GroupMember.UserId", "topic_info.ClientsID");
    rows.told(page.path(1), "user", "mb", "GroupMember.UserId", "topic_info.ClientsID");
    rows.told(page.path(0), "joinTime", time, "GroupMember.JoinTime");
    rows.told(page.path(1), "joinTime", joined, "GroupMember.JoinTime");
    assertThat(view.all("topic_member", "TopicID", "m")).hasSize(3);
    for (String user : List.of("ma", "mb", "mc")) {
      Document member = view.only("topic_member", "TopicID", "m", "ClientID", user);
      rows.stored("topic_member", member, "TopicID", "m");
      rows.stored("topic_member", member, "ClientID", user);
      rows.stored("topic_member", member, "JoinTime", user.equals("mb") ? joined : time);
      List<?> spans = rows.value("topic_member", member, "Spans", List.class);
      assertThat(spans).hasSize(1);
      Document span = (Document) spans.getFirst();
      assertThat(span.getLong("Join")).isNotNegative();
      long last = rows.value("topic_member", member, "LastChange", Long.class);
      if (user.equals("mc")) {
        assertThat(span.getLong("Left")).isEqualTo(last);
        assertThat(kicked).endsWith("/" + last);
      } else {
        assertThat(span).doesNotContainKey("Left");
        assertThat(last).isEqualTo(span.getLong("Join"));
      }
    }
  }

  private void disbanded(Talker a, Talker b) {
    a.does("topic.create", "topic", "m-gone", "members", List.of("mb"));
    a.does("topic.disband", "topic", "m-gone");
    b.push(event("m-gone", "disbanded"));
    b.isRefused(4004, "topic.info", "topic", "m-gone");
    Document gone = view.only("topic_info", "TopicID", "m-gone");
    rows.stored("topic_info", gone, "Disbanded", true);
    rows.stored("topic_info", gone, "ClientsID", List.of());
  }

  private void verdicts(Talker a, Talker b) {
    JsonNode done = a.answer(a.begin("topic.create", "topic", "m-own", "uuid", "mv1"));
    JsonNode refused = b.answer(b.begin("topic.create", "topic", "m-own", "uuid", "mv2"));
    b.isRefused(4003, "topic.info", "topic", "m-own"); // answers from a view that has both
    Document good = view.only("verdict", "UUID", "mv1");
    rows.stored("verdict", good, "Caller", "ma");
    rows.stored("verdict", good, "Key", "m-own");
    rows.stored("verdict", good, "UUID", "mv1");
    rows.stored("verdict", good, "Code", 0);
    assertThat(rows.value("verdict", good, "Asked", String.class)).hasSize(16);
    rows.told(done, "code", 0, "ServerResponse.Code");
    rows.told(done, "message", "ok", "ServerResponse.Message");
    rows.absent("verdict", good, "Message");
    assertThat(done.path("data").path("topic").asText()).isEqualTo("m-own");
    rows.told(done, "data", done.path("data"), "ServerResponse.Data");
    Document log = rows.value("verdict", good, "Log", Document.class);
    rows.stored("verdict", good, "Time", new Date(log.getLong("Timestamp")));
    assertThat(log.getString("Stream")).isEqualTo("topic");
    Document bad = view.only("verdict", "UUID", "mv2");
    rows.stored("verdict", bad, "Code", 4009);
    rows.told(refused, "code", 4009, "ServerResponse.Code");
    String reason = rows.value("verdict", bad, "Message", String.class);
    assertThat(refused.path("message").asText()).contains(reason);
  }
}
