package im.linnet.cli.system;

import static im.linnet.cli.system.Talker.op;
import static im.linnet.cli.system.Talker.uuid;
import static im.linnet.cli.system.Talker.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;

/** The documents of messages of all three kinds, of chat lists, and of what else is delivered. */
final class MessageDocuments {
  private static final long HOUR_MILLIS = 3_600_000;

  private final Messenger messenger;
  private final MongoView view;
  private final ShownRows rows;

  MessageDocuments(Messenger messenger, MongoView view, ShownRows rows) {
    this.messenger = messenger;
    this.view = view;
    this.rows = rows;
  }

  void look() throws IOException {
    try (Talker a = messenger.login("oa");
        Talker b = messenger.login("ob")) {
      a.does("topic.create", "topic", "o", "members", List.of("ob"));
      ofKind(a, b, "p2p", "ob");
      ofKind(a, b, "topic", "o");
      ofKind(a, b, "mutual", "ob");
      chatList(a);
      delivered(a, b);
    }
  }

  private void ofKind(Talker a, Talker b, String kind, String to) {
    String collection = kind + "_record_message";
    String u = "o-" + kind;
    send(a, kind, to, u + 1);
    String read = b.push(uuid("message", u + 1)).path("at").asText();
    b.does("read", "kind", kind, "peer", kind.equals("topic") ? "o" : "oa", "upTo", read);
    send(a, kind, to, u + 2);
    a.does("edit", "kind", kind, "to", to, "uuid", u + 2, "content", "Newer");
    send(a, kind, to, u + 3);
    a.does("recall", "kind", kind, "to", to, "uuid", u + 3);
    byte[] foreign = foreign(kind, to, u + 4);
    ForeignProducer.message(messenger.bootstrap(), kind, "oa", to, u + 4, foreign);
    b.push(uuid("message", u + 4));
    JsonNode history =
        b.does("history", "kind", kind, "peer", kind.equals("topic") ? "o" : "oa").path("messages");

    JsonNode first = named(history, u + 1);
    Document document = view.only(collection, "UUID", u + 1);
    plain(collection, document, first, b.push(uuid("message", u + 1)), to);
    if (kind.equals("topic")) {
      rows.stored(collection, document, "IsRead", List.of("oa", "ob"));
      rows.told(first, "readers", 1, collection + ".IsRead");
      rows.stored(collection, view.only(collection, "UUID", u + 4), "IsRead", List.of("oa"));
    } else {
      rows.stored(collection, document, "IsRead", true);
      rows.told(first, "read", true, collection + ".IsRead");
      rows.stored(collection, view.only(collection, "UUID", u + 4), "IsRead", false);
    }
    for (String absent : List.of("Recalled", "EditedAt", "LastChange", "Raw")) {
      rows.absent(collection, document, absent);
    }
    Document edited = view.only(collection, "UUID", u + 2);
    rows.stored(collection, edited, "Content", "Newer");
    long at = rows.value(collection, edited, "EditedAt", Long.class);
    rows.told(named(history, u + 2), "edited", at, collection + ".EditedAt");
    String change = b.push(uuid("edit", u + 2)).path("at").asText();
    long offset = rows.value(collection, edited, "LastChange", Long.class);
    assertThat(change).endsWith("/" + offset);
    Document recalled = view.only(collection, "UUID", u + 3);
    rows.stored(collection, recalled, "Content", "");
    rows.stored(collection, recalled, "Recalled", true);
    rows.told(named(history, u + 3), "recalled", true, collection + ".Recalled");
    Document ofAnother = view.only(collection, "UUID", u + 4);
    assertThat(rows.value(collection, ofAnother, "Raw", Binary.class).getData()).isEqualTo(foreign);
  }

  private void plain(
      String collection, Document document, JsonNode history, JsonNode push, String to) {
    rows.stored(collection, document, "FromID", "oa");
    rows.stored(collection, document, "ToID", to);
    rows.stored(collection, document, "Content", "Hello");
    rows.stored(collection, document, "Type", "wave");
    rows.stored(collection, document, "UUID", push.path("uuid").asText());
    long millis = push.path("time").asLong();
    rows.stored(collection, document, "Time", millis / 1_000);
    Document log = rows.value(collection, document, "Log", Document.class);
    assertThat(log.getLong("Timestamp")).isEqualTo(millis);
    String kind = push.path("kind").asText();
    for (JsonNode each : List.of(push, history)) {
      rows.told(each, "from", "oa", collection + ".FromID", "Message.Sender");
      rows.told(each, "to", to, collection + ".ToID");
      rows.told(each, "content", "Hello", collection + ".Content", "Message.Content");
      rows.told(each, "type", "wave", collection + ".Type", "Message.Type");
      rows.told(each, "uuid", document.getString("UUID"), collection + ".UUID");
      rows.told(each, "time", millis, collection + ".Time", collection + ".Log");
      rows.told(each, "at", MongoView.at(kind, document), collection + ".Log");
    }
    if (kind.equals("topic")) {
      rows.told(push, "to", document.getString("ToID"), "GroupMessage.GroupId");
    }
  }

  private void chatList(Talker a) {
    JsonNode last =
        a.does("conversations").path("conversations").findParents("peer").getFirst().path("last");
    long hour = last.path("time").asLong() / HOUR_MILLIS;
    for (String direction : List.of("out", "in")) {
      boolean sent = direction.equals("out");
      Document document =
          view.only("conversation", "Owner", sent ? "oa" : "ob", "Peer", sent ? "ob" : "oa");
      rows.stored("conversation", document, "Owner", sent ? "oa" : "ob");
      rows.stored("conversation", document, "Peer", sent ? "ob" : "oa");
      rows.stored("conversation", document, "Direction", direction);
      rows.stored("conversation", document, "Hour", hour);
    }
  }

  /** An edit is kept as it was pushed, until its text is taken back. */
  private void delivered(Talker a, Talker b) throws IOException {
    JsonNode edit = b.push(uuid("edit", "o-p2p2"));
    Document kept = inbox(edit);
    rows.stored("inbox", kept, "Time", edit.path("time").asLong());
    rows.absent("inbox", kept, "LastChange");
    byte[] value = rows.value("inbox", kept, "Value", Binary.class).getData();
    ObjectNode pushed = edit.deepCopy();
    pushed.remove(List.of("at", "time"));
    assertThat(new ObjectMapper().readTree(value)).isEqualTo(pushed);

    a.does("recall", "kind", "p2p", "to", "ob", "uuid", "o-p2p2");
    JsonNode recall = b.push(op("recall").and(with("uuid", "o-p2p2")));
    b.does("unread"); // answers from a view that has it
    Document blanked = inbox(edit);
    long offset = rows.value("inbox", blanked, "LastChange", Long.class);
    assertThat(recall.path("at").asText()).endsWith("/" + offset);
    assertThat(new String(blanked.get("Value", Binary.class).getData(), StandardCharsets.UTF_8))
        .doesNotContain("Newer");
  }

  private Document inbox(JsonNode push) {
    String[] at = push.path("at").asText().split("/", -1);
    return view.only("inbox", "_id", "p2p/ob/%019d/%s".formatted(Long.parseLong(at[2]), at[1]));
  }

  private static void send(Talker a, String kind, String to, String uuid) {
    a.does("send", "kind", kind, "to", to, "type", "wave", "content", "Hello", "uuid", uuid);
  }

  /** A message in other words than Linnet would have chosen. */
  private static byte[] foreign(String kind, String to, String uuid) {
    return ("""
    {"uuid": "%s", "kind": "%s", "op": "message", "from": "oa", "to": "%s", "type": "wave",\
     "content": "Foreign", "more": 1}\
    """
            .formatted(uuid, kind, to))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode named(JsonNode messages, String uuid) {
    for (JsonNode message : messages) {
      if (message.path("uuid").asText().equals(uuid)) {
        return message;
      }
    }
    throw new AssertionError(uuid + " is not in " + messages);
  }
}
