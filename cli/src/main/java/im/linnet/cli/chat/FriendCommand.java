package im.linnet.cli.chat;

/** A typed command about friends and blocked users. */
sealed interface FriendCommand {
  /** Show the friends. */
  record Friends() implements FriendCommand {}

  /** Show the friend requests of both directions. */
  record Requests() implements FriendCommand {}

  /** Show the blocked users. */
  record Blocked() implements FriendCommand {}

  /** Something shall happen between the user and another one. */
  sealed interface Act extends FriendCommand {
    String user();
  }

  /** Ask a user to be a friend. */
  record Add(String user, String text) implements Act {}

  /** Accept the request of a user. */
  record Accept(String user) implements Act {}

  /** Reject the request of a user. */
  record Reject(String user) implements Act {}

  /** End a friendship. */
  record Remove(String user) implements Act {}

  /** Refuse the messages of a user. */
  record Block(String user) implements Act {}

  /** Take the messages of a user again. */
  record Unblock(String user) implements Act {}
}
