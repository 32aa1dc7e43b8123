package im.linnet.edge.command;

/** A command was not published, because its verdict would not come in time. */
public final class DeciderLagsException extends Exception {
  private static final long serialVersionUID = 1L;

  DeciderLagsException() {
    super("nobody judges commands just now", null, false, false);
  }
}
