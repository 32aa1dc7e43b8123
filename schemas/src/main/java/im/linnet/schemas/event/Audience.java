package im.linnet.schemas.event;

/** The sessions that a topic's read mark is pushed to, besides being applied by every reader. */
public enum Audience {
  /** All members. */
  ALL("all"),
  /** Only the reader's own other sessions, since the topic is large. */
  READER("reader");

  private final String wire;

  Audience(String wire) {
    this.wire = wire;
  }

  /** The name in records. */
  public String wire() {
    return wire;
  }

  static Audience read(EventFields fields) throws MalformedEventException {
    return switch (fields.text("notify")) {
      case "all" -> ALL;
      case "reader" -> READER;
      default -> throw fields.problem("notify", "is neither all nor reader");
    };
  }
}
