package im.linnet.cli.chat;

import im.linnet.client.ChatOps;
import im.linnet.client.GroupInfo;
import im.linnet.client.GroupMember;
import im.linnet.client.Page;
import im.linnet.client.TopicDraft;
import im.linnet.schemas.frame.ReplyCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Does what the commands about topics say. Owned by the thread that reads lines. */
final class Groups {
  private final String user;
  private final Dialogue dialogue;
  private final ChatOps server;
  private final Asking asking;
  private final Screen screen;

  Groups(String user, Dialogue dialogue, ChatOps server, Asking asking, Screen screen) {
    this.user = user;
    this.dialogue = dialogue;
    this.server = server;
    this.asking = asking;
    this.screen = screen;
  }

  void run(GroupCommand command) {
    switch (command) {
      case GroupCommand.Create create ->
          enter(
              create.topic(),
              order(
                  server.topics().create(draft(create)),
                  "you began " + create.topic(),
                  Groups::adviceOnCreation));
      case GroupCommand.Join join -> {
        String topic = dialogue.names().idOf(join.topic());
        enter(
            topic,
            asking.order(
                server.topics().join(topic),
                info -> "you joined " + learned(info, topic),
                code -> adviceOnJoining(topic, code)));
      }
      case GroupCommand.Topics all -> asking.question(server.topics().list(), this::topics);
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
      case GroupCommand.Info info ->
          asking.question(
              server.topics().info(topic),
              told -> List.of(TopicWords.info(told, dialogue.names())));
      case GroupCommand.Members members ->
          asking.question(server.topics().members(topic, members.after()), this::members);
      case GroupCommand.Leave leave ->
          exit(
              topic,
              asking.order(
                  server.topics().leave(topic),
                  info -> "you left " + learned(info, topic),
                  Groups::adviceOnLeaving));
      case GroupCommand.Disband disband ->
          exit(topic, byFounder(topic, server.topics().disband(topic), "you ended " + name(topic)));
      case GroupCommand.Invite invite -> {
        var unused =
            order(
                server.topics().invite(topic, invite.members()),
                TopicWords.list(invite.members(), user) + " joined " + name(topic),
                Wording.Advice.NONE);
      }
      case GroupCommand.Kick kick -> {
        var unused =
            byFounder(
                topic,
                server.topics().kick(topic, kick.member()),
                "you removed " + kick.member() + " from " + name(topic));
      }
      case GroupCommand.Rename rename -> {
        var unused =
            byFounder(
                topic,
                server.topics().rename(topic, rename.name()),
                "you renamed the topic to " + rename.name());
      }
      case GroupCommand.Transfer transfer -> {
        var unused =
            byFounder(
                topic,
                server.topics().transfer(topic, transfer.member()),
                transfer.member() + " is the founder of " + name(topic) + " now");
      }
    }
  }

  private static TopicDraft draft(GroupCommand.Create create) {
    TopicDraft draft =
        TopicDraft.named(create.topic()).withId(create.topic()).withMembers(create.members());
    draft = create.byInvitation() ? draft.byInvitation() : draft;
    return create.history() ? draft.withHistory() : draft;
  }

  private CompletableFuture<Boolean> byFounder(
      String topic, CompletableFuture<GroupInfo> answer, String words) {
    return order(
        answer,
        words,
        code ->
            code == ReplyCode.FORBIDDEN
                ? "only the founder may; /topic " + topic + " names the founder"
                : "");
  }

  private CompletableFuture<Boolean> order(
      CompletableFuture<GroupInfo> answer, String words, Wording.Advice advice) {
    return asking.order(
        answer,
        info -> {
          learned(info, info.groupId());
          return words;
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

  private List<String> topics(List<GroupInfo> topics) {
    List<String> lines = new ArrayList<>();
    for (GroupInfo info : topics) {
      lines.add(
          TopicWords.info(info, dialogue.names()) + " (" + Talk.in(info.groupId()).command() + ")");
    }
    return lines.isEmpty() ? List.of("you are in no topic; /create NAME begins one") : lines;
  }

  private List<String> members(Page<GroupMember> page) {
    List<String> lines = new ArrayList<>();
    for (GroupMember member : page.items()) {
      lines.add(member.userId() + ", since " + screen.moment(member.joinTime() * 1_000));
    }
    if (page.next() != null) {
      lines.add("and more; /members " + page.next() + " goes on");
    }
    return lines;
  }

  /** The name of a topic as an answer has just told it. */
  private String learned(GroupInfo info, String topic) {
    dialogue.names().learn(topic, info.groupName());
    return name(topic);
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

  private static String adviceOnLeaving(ReplyCode code) {
    return code == ReplyCode.CONFLICT ? "/transfer NAME makes another the founder" : "";
  }
}
