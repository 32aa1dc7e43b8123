package im.linnet.schemas.document;

import org.jspecify.annotations.Nullable;

/** The status of a user as others see it. */
public enum PresenceStatus {
  ONLINE("online"),
  AWAY("away"),
  BUSY("busy"),
  OFFLINE("offline");

  private final String wire;

  PresenceStatus(String wire) {
    this.wire = wire;
  }

  /** The name in frames and events. */
  public String wire() {
    return wire;
  }

  /** The status of that wire name, or null for any other name. */
  public static @Nullable PresenceStatus ofWire(String wire) {
    return switch (wire) {
      case "online" -> ONLINE;
      case "away" -> AWAY;
      case "busy" -> BUSY;
      case "offline" -> OFFLINE;
      default -> null;
    };
  }
}
