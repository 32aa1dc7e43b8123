package im.linnet.schemas.event;

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

  /** The message type of the request and of the push, and the {@code ce_type} of the fact. */
  public String token() {
    return token;
  }

  /** The {@code ce_type} of the command. */
  public String command() {
    return command;
  }
}
