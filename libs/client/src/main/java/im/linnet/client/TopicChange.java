package im.linnet.client;

import org.jspecify.annotations.Nullable;

/** The kind of a change of a topic. */
public enum TopicChange {
  /** It began; the members of the event are its first ones, with the founder in front. */
  CREATED("created"),
  /** The members of the event joined, or were invited. */
  JOINED("joined"),
  /** The member of the event left. */
  LEFT("left"),
  /** The founder removed the member of the event. */
  KICKED("kicked"),
  /** The topic has another name. */
  RENAMED("renamed"),
  /** The member of the event is the founder now. */
  TRANSFERRED("transferred"),
  /** It has ended. */
  DISBANDED("disbanded");

  private final String wire;

  TopicChange(String wire) {
    this.wire = wire;
  }

  /** The name in frames. */
  public String wire() {
    return wire;
  }

  /** The change of that name in frames, or null for any other name. */
  public static @Nullable TopicChange ofWire(String wire) {
    for (TopicChange each : values()) {
      if (each.wire.equals(wire)) {
        return each;
      }
    }
    return null;
  }
}
