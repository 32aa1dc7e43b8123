package im.linnet.schemas.event;

/** What a user does to their list of blocked users. */
public enum BlockAct {
  ADD("blocked", "block.add"),
  REMOVE("unblocked", "block.remove");

  private final String fact;
  private final String command;

  BlockAct(String fact, String command) {
    this.fact = fact;
    this.command = command;
  }

  /** The {@code ce_type} of the fact. */
  public String fact() {
    return fact;
  }

  /** The {@code ce_type} of the command, and the name of the op. */
  public String command() {
    return command;
  }
}
