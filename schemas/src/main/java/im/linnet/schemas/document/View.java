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

  /**
   * How often a rebuild has put other collections in the place of the view's; missing where none
   * did. A writer that stood still meanwhile sees by it that what it began is gone.
   */
  public static final String GENERATION = "Generation";

  /**
   * True in the view's document, and in that of the rebuild that takes its place, from before the
   * first collection is swapped until the last one is: neither is written to meanwhile.
   */
  public static final String SWAPPING = "Swapping";

  private View() {}
}
