package im.linnet.schemas;

import org.jspecify.annotations.Nullable;

/** Who may become a member of a topic. */
public enum JoinPolicy {
  /** Anybody joins. */
  OPEN("open"),
  /** Only who was invited by a member. */
  INVITE("invite");

  private final String wire;

  JoinPolicy(String wire) {
    this.wire = wire;
  }

  /** The name in frames, records and documents. */
  public String wire() {
    return wire;
  }

  /** The policy of that wire name, or null for any other name. */
  public static @Nullable JoinPolicy ofWire(String wire) {
    return switch (wire) {
      case "open" -> OPEN;
      case "invite" -> INVITE;
      default -> null;
    };
  }
}
