package im.linnet.records;

import org.jspecify.annotations.Nullable;

/** The applier's side of the view: it alone writes messages, inbox and the view's position. */
public interface RecordWriter {
  /**
   * Applies a plan durably: its changes, then the view's position, which never goes back. If it
   * throws, a part of the plan may be applied, and the same call again completes it.
   *
   * @return the store's causal time after the write, opaque; null if the store has none
   * @throws StoreUnusableException if the view is not the one that was opened, or ends before the
   *     begin of the plan: the store was emptied or replaced, and the records between are missing.
   *     The view's position stays
   */
  @Nullable String apply(RecordPlan plan);

  /**
   * Does a part of the work that plans have left: a mark over a long history of a topic is not
   * shown at once in {@code IsRead} of all its messages. No answer of the store depends on it, and
   * neither does the digest. It may be called beside {@link #apply}, and by several writers. What
   * is left stands in the view, so it is carried on after a crash where it was.
   *
   * @return whether there may be more
   * @throws StoreUnusableException as {@link #apply} does
   */
  default boolean carryOn() {
    return false;
  }

  /** The view's own position, as the applier starts from it. */
  ViewState state();
}
