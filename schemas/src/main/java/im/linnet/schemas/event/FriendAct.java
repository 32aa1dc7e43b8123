package im.linnet.schemas.event;

import org.jspecify.annotations.Nullable;

/** The four steps between two users on the way to friends and back. */
public enum FriendAct {
  ADD("add_friend", "friend.add"),
  ACCEPT("accept_friend", "friend.accept"),
  REJECT("reject_friend", "friend.reject"),
  REMOVE("remove_friend", "friend.remove");

  private final String token;
  private final String command;

  FriendAct(String token, String command) {
    this.token = token;
    this.command = command;
  }

  /** The step of that message type; null for any other type. */
  public static @Nullable FriendAct ofToken(String token) {
    for (FriendAct each : values()) {
      if (each.token.equals(token)) {
        return each;
      }
    }
    return null;
  }

  /** The message type of the request and of the push, and the {@code ce_type} of the fact. */
  public String token() {
    return token;
  }

  /** The {@code ce_type} of the command. */
  public String command() {
    return command;
  }
}
