package im.linnet.persister.decide;

import im.linnet.records.Circle;
import im.linnet.records.PairState;
import im.linnet.records.RequestStatus;
import im.linnet.schemas.event.BlockAct;
import im.linnet.schemas.event.BlockCommand;
import im.linnet.schemas.event.BlockEvent;
import im.linnet.schemas.event.FriendAct;
import im.linnet.schemas.event.FriendCommand;
import im.linnet.schemas.event.FriendEvent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.PairCommand;
import im.linnet.schemas.frame.ReplyCode;

/** The rules between two users. Pure. */
final class PairDecisions {
  private PairDecisions() {}

  /**
   * The answer to a command.
   *
   * @param sizes of the circles that the command may add a user to
   */
  static Decision decide(PairState state, CircleSizes sizes, PairCommand command) {
    if (command.caller().equals(command.user())) {
      return Decision.refused(ReplyCode.BAD_REQUEST, "that is yourself: name another user");
    }
    return switch (command) {
      case FriendCommand friend -> decide(state, sizes, friend);
      case BlockCommand block -> decide(state, sizes, block);
    };
  }

  private static Decision decide(PairState state, CircleSizes sizes, FriendCommand command) {
    String other = command.user();
    if (state.isBlocking(other)) {
      if (command.act() == FriendAct.REMOVE && state.friends()) {
        // A block keeps nobody a friend. The text stays away, as all messages do.
        return Decision.taken(fact(command.act(), command, ""));
      }
      return Decision.refused(ReplyCode.FORBIDDEN, other + " has blocked you");
    }
    return switch (command.act()) {
      case ADD -> add(state, sizes, command);
      case ACCEPT, REJECT -> answer(state, sizes, command);
      case REMOVE ->
          state.friends()
              ? Decision.taken(fact(command.act(), command))
              : Decision.refused(ReplyCode.NOT_FOUND, "you and " + other + " are not friends");
    };
  }

  private static Decision add(PairState state, CircleSizes sizes, FriendCommand command) {
    String other = command.user();
    if (state.friends()) {
      return Decision.refused(ReplyCode.CONFLICT, "you and " + other + " are friends already");
    }
    if (state.requestOf(command.caller()) == RequestStatus.PENDING) {
      return Decision.refused(
          ReplyCode.CONFLICT, "you have asked already, and " + other + " has not answered yet");
    }
    // Each asked the other, so both want it.
    boolean isCrossing = state.requestOf(other) == RequestStatus.PENDING;
    return isCrossing ? befriend(sizes, command) : Decision.taken(fact(FriendAct.ADD, command));
  }

  private static Decision answer(PairState state, CircleSizes sizes, FriendCommand command) {
    RequestStatus request = state.requestOf(command.user());
    if (request == null) {
      return Decision.refused(
          ReplyCode.NOT_FOUND, command.user() + " has not asked you to be friends");
    }
    if (request != RequestStatus.PENDING) {
      return Decision.refused(
          ReplyCode.CONFLICT, "the request of " + command.user() + " is answered already");
    }
    return command.act() == FriendAct.ACCEPT
        ? befriend(sizes, command)
        : Decision.taken(fact(command.act(), command));
  }

  private static Decision befriend(CircleSizes sizes, FriendCommand command) {
    int most = Circle.FRIENDS.most();
    if (sizes.isFull(Circle.FRIENDS, command.caller())) {
      return Decision.refused(
          ReplyCode.TOO_LARGE, "to: you have " + most + " friends already, remove one first");
    }
    return sizes.isFull(Circle.FRIENDS, command.user())
        ? Decision.refused(
            ReplyCode.TOO_LARGE,
            "to: " + command.user() + " has " + most + " friends already, and takes no more")
        : Decision.taken(fact(FriendAct.ACCEPT, command));
  }

  private static FriendEvent fact(FriendAct act, FriendCommand command) {
    return fact(act, command, command.content());
  }

  private static FriendEvent fact(FriendAct act, FriendCommand command, String content) {
    return new FriendEvent(act, command.uuid(), command.caller(), command.user(), content);
  }

  /** To ask for what is so already changes nothing, and is no mistake. */
  private static Decision decide(PairState state, CircleSizes sizes, BlockCommand command) {
    boolean wanted = command.act() == BlockAct.ADD;
    if (state.isBlocking(command.caller()) == wanted) {
      return Decision.taken();
    }
    if (wanted && sizes.isFull(Circle.BLOCKED, command.caller())) {
      return Decision.refused(
          ReplyCode.TOO_LARGE,
          "user: you block " + Circle.BLOCKED.most() + " users already, take one off the list");
    }
    return wanted && sizes.isFull(Circle.BLOCKED_BY, command.user())
        ? Decision.refused(
            ReplyCode.TOO_LARGE,
            "user: "
                + Circle.BLOCKED_BY.most()
                + " users block "
                + command.user()
                + " already, and no more can")
        : Decision.taken(
            new BlockEvent(command.act(), command.uuid(), command.caller(), command.user()));
  }

  static PairState apply(PairState state, InboxEvent fact) {
    return switch (fact) {
      case FriendEvent friend -> state.apply(friend);
      case BlockEvent block -> state.apply(block);
      default -> throw new IllegalArgumentException(fact.type() + " is no fact about two users");
    };
  }
}
