package im.linnet.cli.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.frame.ReplyCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Does what the commands about topics say. Owned by the thread that reads lines. */
final class Groups {
  private final String user;
  private final Dialogue dialogue;
  private final Asking asking;
  private final Screen screen;

  Groups(String user, Dialogue dialogue, Asking asking, Screen screen) {
    this.user = user;
    this.dialogue = dialogue;
    this.asking = asking;
    this.screen = screen;
  }

  void run(GroupCommand command) {
    switch (command) {
      case GroupCommand.Create create ->
          enter(
              create.topic(),
              order(
                  "topic.create",
                  create.topic(),
                  json -> {
                    json.writeStringField("name", create.topic());
                    texts(json, create.members());
                  },
                  info -> "you began " + create.topic(),
                  Groups::adviceOnCreation));
      case GroupCommand.Join join -> {
        String topic = dialogue.names().idOf(join.topic());
        enter(
            topic,
            order(
                "topic.join",
                topic,
                json -> {},
                info -> "you joined " + name(topic),
                code -> adviceOnJoining(topic, code)));
      }
      case GroupCommand.Topics all -> asking.question("topic.list", json -> {}, this::topics);
      case GroupCommand.Here here -> {
        Talk talk = dialogue.talk();
        if (talk == null || !talk.isTopic()) {
          screen.note("in which topic? /topic NAME turns to one, /topics lists yours");
        } else {
          run(talk.name(), here);
        }
      }
    }
  }

  private void run(String topic, GroupCommand.Here command) {
    switch (command) {
      case GroupCommand.Members members ->
          asking.question(
              "topic.members", json -> json.writeStringField("topic", topic), this::members);
      case GroupCommand.Leave leave ->
          exit(
              topic,
              order(
                  "topic.leave",
                  topic,
                  json -> {},
                  info -> "you left " + name(topic),
                  code ->
                      code == ReplyCode.CONFLICT
                          ? "/transfer NAME makes another the founder"
                          : ""));
      case GroupCommand.Disband disband ->
          exit(topic, byFounder("disband", topic, json -> {}, info -> "you ended " + name(topic)));
      case GroupCommand.Invite invite ->
          change(
              "topic.invite",
              topic,
              json -> texts(json, invite.members()),
              info -> TopicWords.list(invite.members(), user) + " joined " + name(topic));
      case GroupCommand.Kick kick ->
          changeByFounder(
              "kick",
              topic,
              json -> json.writeStringField("member", kick.member()),
              info -> "you removed " + kick.member() + " from " + name(topic));
      case GroupCommand.Rename rename ->
          changeByFounder(
              "rename",
              topic,
              json -> json.writeStringField("name", rename.name()),
              info -> "you renamed the topic to " + rename.name());
      case GroupCommand.Transfer transfer ->
          changeByFounder(
              "transfer",
              topic,
              json -> json.writeStringField("member", transfer.member()),
              info -> transfer.member() + " is the founder of " + name(topic) + " now");
    }
  }

  private void change(
      String op, String topic, JsonBytes.Fields fields, Function<JsonNode, String> words) {
    var unused = order(op, topic, fields, words, Wording.Advice.NONE);
  }

  private void changeByFounder(
      String act, String topic, JsonBytes.Fields fields, Function<JsonNode, String> words) {
    var unused = byFounder(act, topic, fields, words);
  }

  private CompletableFuture<Boolean> byFounder(
      String act, String topic, JsonBytes.Fields fields, Function<JsonNode, String> words) {
    return order(
        "topic." + act,
        topic,
        fields,
        words,
        code ->
            code == ReplyCode.FORBIDDEN
                ? "only the founder may; /topic " + topic + " names the founder"
                : "");
  }

  private CompletableFuture<Boolean> order(
      String op,
      String topic,
      JsonBytes.Fields fields,
      Function<JsonNode, String> words,
      Wording.Advice advice) {
    return asking.order(
        op,
        json -> {
          json.writeStringField("topic", topic);
          fields.write(json);
        },
        info -> {
          dialogue.names().learn(topic, info.path("name").asText(""));
          return words.apply(info);
        },
        advice);
  }

  /** The next line that the user types must go to the new topic, so it waits. */
  private void enter(String topic, CompletableFuture<Boolean> order) {
    if (asking.isDone(order)) {
      dialogue.talkIn(topic);
    }
  }

  /** The next line that the user types must not go to the old topic, so it waits. */
  private void exit(String topic, CompletableFuture<Boolean> order) {
    if (asking.isDone(order) && Talk.in(topic).equals(dialogue.talk())) {
      dialogue.talkToNobody();
    }
  }

  private List<String> topics(JsonNode data) {
    List<String> lines = new ArrayList<>();
    for (JsonNode info : data.path("topics")) {
      String topic = info.path("topic").asText("");
      lines.add(TopicWords.info(info, dialogue.names()) + " (" + Talk.in(topic).command() + ")");
    }
    return lines.isEmpty() ? List.of("you are in no topic; /create NAME begins one") : lines;
  }

  private List<String> members(JsonNode data) {
    List<String> lines = new ArrayList<>();
    for (JsonNode member : data.path("members")) {
      long joined = member.path("joinTime").asLong(0) * 1_000;
      lines.add(member.path("user").asText("") + ", since " + screen.moment(joined));
    }
    if (data.path("next").isTextual()) {
      lines.add("and more, by name");
    }
    return lines;
  }

  private String name(String topic) {
    return dialogue.names().of(topic);
  }

  private static String adviceOnCreation(ReplyCode code) {
    return code == ReplyCode.CONFLICT ? "choose another name; a name is never used again" : "";
  }

  private static String adviceOnJoining(String topic, ReplyCode code) {
    return switch (code) {
      case FORBIDDEN -> "ask a member to type /invite";
      case NOT_FOUND -> "/create " + topic + " begins one if the name was never used";
      case CONFLICT -> "/topic " + topic + " turns to it";
      default -> "";
    };
  }

  private static void texts(JsonGenerator json, List<String> members) throws IOException {
    json.writeArrayFieldStart("members");
    for (String member : members) {
      json.writeString(member);
    }
    json.writeEndArray();
  }
}
