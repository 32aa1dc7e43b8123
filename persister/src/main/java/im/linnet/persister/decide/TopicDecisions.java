package im.linnet.persister.decide;

import im.linnet.records.TopicState;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.event.CreatedEvent;
import im.linnet.schemas.event.DisbandedEvent;
import im.linnet.schemas.event.JoinedEvent;
import im.linnet.schemas.event.KickedEvent;
import im.linnet.schemas.event.LeftEvent;
import im.linnet.schemas.event.RenamedEvent;
import im.linnet.schemas.event.TopicCommand;
import im.linnet.schemas.event.TransferredEvent;
import im.linnet.schemas.frame.ReplyCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of topics. Pure.
 *
 * @param mostMembers how many members a topic may have
 */
record TopicDecisions(int mostMembers) {
  /**
   * How often a user becomes a member of one topic. The view keeps each membership for ever, so
   * that nobody sees what came in between.
   */
  static final int MOST_TIMES = 1_000;

  /**
   * The answer to a command.
   *
   * @param topic the topic as it is; null where there never was one
   * @param timesJoined how often those who come now became members before
   */
  Decision decide(
      @Nullable TopicState topic, Map<String, Integer> timesJoined, TopicCommand command) {
    if (command instanceof TopicCommand.Create create) {
      return create(topic, create);
    }
    if (topic == null || topic.disbanded()) {
      return Decision.refused(ReplyCode.NOT_FOUND, "there is no topic '" + command.owner() + "'");
    }
    if (command instanceof TopicCommand.Join join) {
      return join(topic, timesJoined, join);
    }
    if (!topic.members().contains(command.caller())) {
      return Decision.refused(
          ReplyCode.FORBIDDEN, "you are not a member of '" + command.owner() + "'");
    }
    return switch (command) {
      case TopicCommand.Invite invite -> invite(topic, timesJoined, invite);
      case TopicCommand.Leave leave -> leave(topic, leave);
      default -> byFounder(topic, command);
    };
  }

  private Decision create(@Nullable TopicState topic, TopicCommand.Create create) {
    if (topic != null) {
      return Decision.refused(
          ReplyCode.CONFLICT,
          "the id '" + create.owner() + "' is taken, and an id is never used again");
    }
    Set<String> members = new LinkedHashSet<>();
    members.add(create.caller());
    members.addAll(create.members());
    return members.size() > mostMembers
        ? full("members")
        : Decision.taken(
            new CreatedEvent(
                create.act(),
                List.copyOf(members),
                create.name(),
                create.join(),
                create.history()));
  }

  private Decision join(
      TopicState topic, Map<String, Integer> timesJoined, TopicCommand.Join join) {
    if (topic.members().contains(join.caller())) {
      return Decision.refused(ReplyCode.CONFLICT, "you are a member already");
    }
    if (topic.join() == JoinPolicy.INVITE) {
      return Decision.refused(ReplyCode.FORBIDDEN, "members of this topic are invited");
    }
    return joined(topic, timesJoined, new JoinedEvent(join.act(), List.of(join.caller())), "topic");
  }

  /** Those who are members already stay as they are. */
  private Decision invite(
      TopicState topic, Map<String, Integer> timesJoined, TopicCommand.Invite invite) {
    List<String> invited = new ArrayList<>(new LinkedHashSet<>(invite.members()));
    invited.removeAll(topic.members());
    return invited.isEmpty()
        ? Decision.refused(ReplyCode.CONFLICT, "all of them are members already")
        : joined(topic, timesJoined, new JoinedEvent(invite.act(), invited), "members");
  }

  /**
   * Some become members, if there is room for all of them.
   *
   * @param bounded the field of the request that asks for them
   */
  private Decision joined(
      TopicState topic, Map<String, Integer> timesJoined, JoinedEvent fact, String bounded) {
    for (String user : fact.members()) {
      if (timesJoined.getOrDefault(user, 0) >= MOST_TIMES) {
        return Decision.refused(
            ReplyCode.FORBIDDEN,
            user + " has joined this topic " + MOST_TIMES + " times, and cannot join it again");
      }
    }
    return topic.members().size() + fact.members().size() > mostMembers
        ? full(bounded)
        : Decision.taken(fact);
  }

  private Decision full(String bounded) {
    return Decision.refused(
        ReplyCode.TOO_LARGE, bounded + ": a topic has " + mostMembers + " members at most");
  }

  /** The last one to leave ends the topic. */
  private static Decision leave(TopicState topic, TopicCommand.Leave leave) {
    if (topic.members().size() == 1) {
      return Decision.taken(new DisbandedEvent(leave.act()));
    }
    return topic.founder().equals(leave.caller())
        ? Decision.refused(
            ReplyCode.CONFLICT, "you are the founder: transfer the topic to another member first")
        : Decision.taken(new LeftEvent(leave.act(), leave.caller()));
  }

  private static Decision byFounder(TopicState topic, TopicCommand command) {
    if (!topic.founder().equals(command.caller())) {
      return Decision.refused(ReplyCode.FORBIDDEN, "only the founder may do that");
    }
    return switch (command) {
      case TopicCommand.Kick kick -> kick(topic, kick);
      case TopicCommand.Transfer transfer -> transfer(topic, transfer);
      case TopicCommand.Rename rename ->
          rename.name().equals(topic.name())
              ? Decision.taken()
              : Decision.taken(new RenamedEvent(rename.act(), rename.name()));
      case TopicCommand.Disband disband -> Decision.taken(new DisbandedEvent(disband.act()));
      case TopicCommand.Create create -> throw other(create);
      case TopicCommand.Join join -> throw other(join);
      case TopicCommand.Invite invite -> throw other(invite);
      case TopicCommand.Leave leave -> throw other(leave);
    };
  }

  private static IllegalArgumentException other(TopicCommand command) {
    return new IllegalArgumentException(command.type() + " is not for the founder alone");
  }

  private static Decision kick(TopicState topic, TopicCommand.Kick kick) {
    if (kick.member().equals(topic.founder())) {
      return Decision.refused(
          ReplyCode.CONFLICT, "you are the founder: leave the topic, or transfer it first");
    }
    return topic.members().contains(kick.member())
        ? Decision.taken(new KickedEvent(kick.act(), kick.member()))
        : notThere(kick.member());
  }

  private static Decision transfer(TopicState topic, TopicCommand.Transfer transfer) {
    if (transfer.member().equals(topic.founder())) {
      return Decision.refused(ReplyCode.CONFLICT, "you are the founder already");
    }
    return topic.members().contains(transfer.member())
        ? Decision.taken(new TransferredEvent(transfer.act(), transfer.member()))
        : notThere(transfer.member());
  }

  private static Decision notThere(String member) {
    return Decision.refused(ReplyCode.NOT_FOUND, member + " is not a member");
  }
}
