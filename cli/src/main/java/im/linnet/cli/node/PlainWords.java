package im.linnet.cli.node;

/**
 * Takes out of a line the words that only a programmer of the client libraries understands. Pure.
 */
public final class PlainWords {
  private PlainWords() {}

  /** The line without class names, calls and states of a library. */
  public static String of(String line) {
    return line.replaceAll("\\b(?:[a-z]\\w*\\.)+[A-Z]\\w*: ", "")
        .replaceAll(" Client view of cluster state is .*", "")
        .replaceAll("a server that matches \\S+\\}", "a primary")
        .replaceAll("\\.? Call: \\w+$", "")
        .replaceAll("Timed out waiting for a node assignment", "no broker answers")
        .replaceAll("\\.$", "");
  }
}
