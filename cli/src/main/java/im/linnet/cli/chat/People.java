package im.linnet.cli.chat;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.client.Presence;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Does what the commands about people and conversations say. Safe on any thread. */
final class People {
  private static final int SHOWN_CHATS = 30;
  private static final int PREVIEW = 40;

  private final Dialogue dialogue;
  private final ChatServer server;
  private final Asking asking;
  private final Screen screen;

  People(Dialogue dialogue, ChatServer server, Asking asking, Screen screen) {
    this.dialogue = dialogue;
    this.server = server;
    this.asking = asking;
    this.screen = screen;
  }

  void run(PeopleCommand command) {
    switch (command) {
      case PeopleCommand.Nick nick ->
          order(
              "profile.set",
              json -> json.writeStringField("nickname", nick.nickname()),
              "others see you as " + nick.nickname());
      case PeopleCommand.Who who -> who(who.user());
      case PeopleCommand.Remark remark ->
          order(
              "contact.set",
              json -> {
                json.writeStringField("user", remark.user());
                json.writeStringField("remark", remark.text());
              },
              remark.text().isEmpty()
                  ? "you have no name of your own for " + remark.user() + " now"
                  : remark.user() + " is '" + remark.text() + "' for you");
      case PeopleCommand.Contacts all ->
          asking.question("contact.list", json -> {}, People::contacts);
      case PeopleCommand.Status status ->
          order(
              "presence.set",
              json -> json.writeStringField("status", status.status().wire()),
              "others see you as " + status.status().wire());
      case PeopleCommand.Chats chats ->
          asking.question(
              "conversations", json -> json.writeNumberField("limit", SHOWN_CHATS), this::chats);
    }
  }

  /** Shows the readers of the user's last message in the present talk. */
  void readers() {
    CompletableFuture<MessageId> last = dialogue.lastOwn();
    if (last == null) {
      screen.note("you said nothing here that others can have read");
      return;
    }
    var unused =
        asking.show(
            last.thenCompose(
                message ->
                    server.ask(
                        "receipts",
                        true,
                        json -> {
                          json.writeStringField("kind", message.kind().wire());
                          json.writeStringField("to", message.to());
                          json.writeStringField("uuid", message.uuid());
                        })),
            People::readers,
            Wording.Advice.NONE);
  }

  private void who(String user) {
    CompletableFuture<JsonNode> profile = ask("profile.get", user);
    CompletableFuture<JsonNode> presence = ask("presence.get", user);
    var unused =
        asking.show(
            profile.thenCombine(presence, (first, second) -> lines(user, first, second)),
            lines -> lines,
            Wording.Advice.NONE);
  }

  private CompletableFuture<JsonNode> ask(String op, String user) {
    return server.ask(
        op,
        true,
        json -> {
          json.writeArrayFieldStart("users");
          json.writeString(user);
          json.writeEndArray();
        });
  }

  private List<String> lines(String user, JsonNode profile, JsonNode presence) {
    String nickname = profile.path("profiles").path(0).path("nickname").asText("");
    JsonNode state = presence.path("presence").path(0);
    PresenceStatus status = PresenceStatus.ofWire(state.path("status").asText(""));
    return List.of(
        user + (nickname.isEmpty() ? " has no nickname" : " is called " + nickname),
        screen.words(
            new Presence(
                user,
                status == null ? PresenceStatus.OFFLINE : status,
                state.path("lastSeen").asLong(0))));
  }

  private static List<String> contacts(JsonNode data) {
    List<String> lines = new ArrayList<>();
    for (JsonNode contact : data.path("contacts")) {
      List<String> labels = new ArrayList<>();
      contact.path("labels").forEach(each -> labels.add(each.asText("")));
      String remark = contact.path("remark").asText("");
      lines.add(
          contact.path("user").asText("")
              + (remark.isEmpty() ? "" : ", for you '" + remark + "'")
              + (labels.isEmpty() ? "" : ": " + String.join(", ", labels)));
    }
    if (data.path("next").isTextual()) {
      lines.add("and more, by name");
    }
    return lines.isEmpty() ? List.of("you noted nothing about anybody; /remark NAME TEXT") : lines;
  }

  private List<String> chats(JsonNode data) {
    List<String> lines = new ArrayList<>();
    for (JsonNode chat : data.path("conversations")) {
      lines.add(chat(chat));
    }
    if (data.path("next").isTextual()) {
      lines.add("and older ones");
    }
    return lines.isEmpty() ? List.of("you have no conversations yet; /to NAME begins one") : lines;
  }

  private String chat(JsonNode chat) {
    boolean isTopic = chat.path("kind").asText("").equals("topic");
    Talk talk =
        isTopic ? Talk.in(chat.path("topic").asText("")) : Talk.with(chat.path("peer").asText(""));
    if (isTopic) {
      dialogue.names().learn(talk.name(), chat.path("name").asText(""));
    }
    long unread = chat.path("unread").asLong(0);
    String count = unread + (chat.path("more").asBoolean(false) ? "+" : "");
    return (isTopic ? dialogue.names().of(talk.name()) : talk.name())
        + (unread == 0 ? "" : ", " + count + " unread")
        + preview(chat.path("last"))
        + " ("
        + talk.command()
        + ")";
  }

  private String preview(JsonNode last) {
    if (!last.isObject()) {
      return "";
    }
    String text =
        last.path("recalled").asBoolean(false)
            ? "(recalled)"
            : Printable.line(last.path("content").asText(""));
    return ": "
        + screen.moment(last.path("time").asLong(0))
        + " "
        + last.path("from").asText("")
        + ": "
        + (text.codePointCount(0, text.length()) <= PREVIEW
            ? text
            : text.substring(0, text.offsetByCodePoints(0, PREVIEW)) + "...");
  }

  private static List<String> readers(JsonNode data) {
    List<String> readers = new ArrayList<>();
    data.path("readers").forEach(each -> readers.add(each.asText("")));
    int count = data.path("count").asInt(readers.size());
    if (count == 0) {
      return List.of("nobody has read your last message yet");
    }
    int more = count - readers.size();
    return List.of(
        "your last message was read by "
            + String.join(", ", readers)
            + (more > 0 ? " and " + more + " more" : ""));
  }

  private void order(String op, JsonBytes.Fields fields, String words) {
    var unused = asking.order(op, fields, data -> words, Wording.Advice.NONE);
  }
}
