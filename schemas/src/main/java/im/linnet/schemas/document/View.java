package im.linnet.schemas.document;

/** {@code view}: the view's own document: which view it is, of which log, and how far. */
public final class View {
  /** The collection's name. */
  public static final String COLLECTION = "view";

  /** The view's id; new only for a view that starts empty. */
  public static final String VIEW_ID = "View";

  /** The id of the log, Kafka's cluster id; a process with another log stops. */
  public static final String LOG_ID = "Log";

  /** Per partition, written {@code p2p/3}, the offset where the applier goes on. */
  public static final String NEXT = "Next";

  private View() {}
}
