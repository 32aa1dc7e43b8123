package im.linnet.log.group;

/** Another process works under the name of this one. The message is one line. */
public final class InstanceInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean atStart;

  private InstanceInUseException(String message, boolean atStart) {
    super(message);
    this.atStart = atStart;
  }

  /** The other process was there first. */
  static InstanceInUseException atStart(String message) {
    return new InstanceInUseException(message, true);
  }

  /** The other process came later and took the place of this one. */
  static InstanceInUseException replaced() {
    return new InstanceInUseException(
        "another process of the same name has taken this one's place in the cluster (--instance):"
            + " give each a name of its own",
        false);
  }

  /** Whether this process had not begun any work. */
  public boolean atStart() {
    return atStart;
  }
}
