package im.linnet.cli.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A typed command about topics, which people know as groups. */
sealed interface GroupCommand {

  /** A command about the topic that the user talks in. */
  sealed interface Here extends GroupCommand {}

  /**
   * Begin a topic with these members, and talk in it.
   *
   * @param byInvitation whether others join by invitation only
   * @param history whether newcomers see the earlier messages
   */
  record Create(String topic, List<String> members, boolean byInvitation, boolean history)
      implements GroupCommand {
    public Create {
      members = List.copyOf(members);
    }

    /** An open topic whose newcomers see what comes. */
    Create(String topic, List<String> members) {
      this(topic, members, false, false);
    }
  }

  /** Become a member, and talk in the topic. */
  record Join(String topic) implements GroupCommand {}

  /** Show the topics of the user. */
  record Topics() implements GroupCommand {}

  /** Show what the topic is. */
  record Info() implements Here {}

  /**
   * Show the members.
   *
   * @param after the name after which to begin; null for the first one
   */
  record Members(@Nullable String after) implements Here {
    /** The first members by name. */
    Members() {
      this(null);
    }
  }

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
