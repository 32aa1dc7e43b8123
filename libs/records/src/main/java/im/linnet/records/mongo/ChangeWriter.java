package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.Change;
import im.linnet.records.RecordPlan;

/** Writes the changes of one kind, all those of a plan in as few bulks as there are collections. */
interface ChangeWriter {
  /** The kind. */
  Class<? extends Change> kind();

  /** Writes the plan's changes of that kind. */
  void write(ClientSession session, RecordPlan plan);

  /**
   * Writes a part of the work that plans have left, if this kind leaves any.
   *
   * @return whether there may be more
   */
  default boolean carryOn(ClientSession session) {
    return false;
  }

  /** Another view, or another edition of it, is written to from now on. */
  default void forget() {}
}
