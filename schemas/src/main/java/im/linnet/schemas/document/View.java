package im.linnet.schemas.document;

/** {@code view}: the view's own document: its id, its log and its progress. */
public final class View {
  /** The collection's name. */
  public static final String COLLECTION = "view";

  /** The view's id; new only for a view that starts empty. */
  public static final String VIEW_ID = "View";

  /** The id of the log: Kafka's cluster id. A process with another log stops. */
  public static final String LOG_ID = "Log";

  /** Per partition, written {@code p2p/3}: the next offset that the applier takes. */
  public static final String NEXT = "Next";

  /**
   * The number of rebuilds that have replaced the view's collections; missing before the first. A
   * paused writer compares it, and learns that the collections of its unfinished write are gone.
   */
  public static final String GENERATION = "Generation";

  /**
   * True while a rebuild swaps its collections with the view's. The mark is set before the first
   * swap and cleared after the last. It stands in the view's document and in the rebuild's. Neither
   * view is written to in this time.
   */
  public static final String SWAPPING = "Swapping";

  /** The form of the view's collections, int32; missing in one of the first form. */
  public static final String FORM = "Form";

  private View() {}
}
