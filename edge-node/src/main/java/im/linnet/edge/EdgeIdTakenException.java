package im.linnet.edge;

/** Another process uses this edge's id, so this process must not start. */
public final class EdgeIdTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EdgeIdTakenException(String edge, String address) {
    super(
        "the edge id '"
            + edge
            + "' (--edge-id) is used by an edge that serves clients on "
            + address
            + ": give this one another id, or stop that one");
  }
}
