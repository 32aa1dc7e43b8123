package im.linnet.cli.chat;

import java.util.List;

/** A typed command about topics, which people know as groups. */
sealed interface GroupCommand {

  /** A command about the topic that the user talks in. */
  sealed interface Here extends GroupCommand {}

  /** Begin a topic with these members, and talk in it. */
  record Create(String topic, List<String> members) implements GroupCommand {
    public Create {
      members = List.copyOf(members);
    }
  }

  /** Become a member, and talk in the topic. */
  record Join(String topic) implements GroupCommand {}

  /** Show the topics of the user. */
  record Topics() implements GroupCommand {}

  /** Show the members. */
  record Members() implements Here {}

  /** Leave. */
  record Leave() implements Here {}

  /** Make others members. */
  record Invite(List<String> members) implements Here {
    public Invite {
      members = List.copyOf(members);
    }
  }

  /** Remove a member. */
  record Kick(String member) implements Here {}

  /** Give the topic another name. */
  record Rename(String name) implements Here {}

  /** Make a member the founder. */
  record Transfer(String member) implements Here {}

  /** End the topic. */
  record Disband() implements Here {}
}
