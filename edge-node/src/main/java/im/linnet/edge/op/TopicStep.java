package im.linnet.edge.op;

import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.event.TopicAct;
import im.linnet.schemas.event.TopicCommand;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.util.List;
import java.util.function.Function;

/** What a client may ask to happen to a topic. */
enum TopicStep {
  /** {@code topic.create}. */
  CREATE(TopicCommand.Create.TYPE, "members") {
    @Override
    Function<TopicAct, TopicCommand> read(RequestFields fields) throws BadRequestException {
      List<String> members =
          fields.has("members") ? fields.users("members", MOST_MEMBERS) : List.of();
      String name = fields.has("name") ? fields.topicName("name") : "";
      JoinPolicy join = fields.has("join") ? fields.joinPolicy("join") : JoinPolicy.OPEN;
      boolean history = fields.flag("history");
      // A topic without a name is called by its id.
      return act ->
          new TopicCommand.Create(act, members, name.isEmpty() ? act.topic() : name, join, history);
    }
  },
  /** {@code topic.join}. */
  JOIN(TopicCommand.Join.TYPE) {
    @Override
    Function<TopicAct, TopicCommand> read(RequestFields fields) {
      return TopicCommand.Join::new;
    }
  },
  /** {@code topic.invite}. */
  INVITE(TopicCommand.Invite.TYPE, "members") {
    @Override
    Function<TopicAct, TopicCommand> read(RequestFields fields) throws BadRequestException {
      List<String> members = fields.users("members", MOST_MEMBERS);
      if (members.isEmpty()) {
        throw fields.problem("members", "is empty");
      }
      return act -> new TopicCommand.Invite(act, members);
    }
  },
  /** {@code topic.leave}. */
  LEAVE(TopicCommand.Leave.TYPE) {
    @Override
    Function<TopicAct, TopicCommand> read(RequestFields fields) {
      return TopicCommand.Leave::new;
    }
  },
  /** {@code topic.kick}. */
  KICK(TopicCommand.Kick.TYPE) {
    @Override
    Function<TopicAct, TopicCommand> read(RequestFields fields) throws BadRequestException {
      String member = fields.user("member");
      return act -> new TopicCommand.Kick(act, member);
    }
  },
  /** {@code topic.rename}. */
  RENAME(TopicCommand.Rename.TYPE) {
    @Override
    Function<TopicAct, TopicCommand> read(RequestFields fields) throws BadRequestException {
      String name = fields.topicName("name");
      return act -> new TopicCommand.Rename(act, name);
    }
  },
  /** {@code topic.transfer}. */
  TRANSFER(TopicCommand.Transfer.TYPE) {
    @Override
    Function<TopicAct, TopicCommand> read(RequestFields fields) throws BadRequestException {
      String member = fields.user("member");
      return act -> new TopicCommand.Transfer(act, member);
    }
  },
  /** {@code topic.disband}. */
  DISBAND(TopicCommand.Disband.TYPE) {
    @Override
    Function<TopicAct, TopicCommand> read(RequestFields fields) {
      return TopicCommand.Disband::new;
    }
  };

  /** The most members that one request names. */
  static final int MOST_MEMBERS = 200;

  private final String op;
  private final String bounded;

  TopicStep(String op) {
    this(op, "topic");
  }

  TopicStep(String op, String bounded) {
    this.op = op;
    this.bounded = bounded;
  }

  /** The op, which is also the {@code ce_type} of the command. */
  String op() {
    return op;
  }

  /** The field that asks for more members than a topic may have. */
  String bounded() {
    return bounded;
  }

  /** The command in the fields of a request, which are checked at once. */
  abstract Function<TopicAct, TopicCommand> read(RequestFields fields) throws BadRequestException;
}
