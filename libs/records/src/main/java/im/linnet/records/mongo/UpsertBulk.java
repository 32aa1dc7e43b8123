package im.linnet.records.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes upserts in bulk. Another writer may insert a document between the look and the insertion
 * of an upsert; then the server refuses the insertion. Such an upsert is repeated once, and finds
 * the document. Where it is refused again its filter asks for an older document: the one that is
 * there is not older, and stays.
 */
final class UpsertBulk {
  /** How a bulk is written: one that is refused does not stop those after it. */
  static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  private UpsertBulk() {}

  /**
   * Writes all of them, in any order.
   *
   * @param bulk writes some of them, {@link #UNORDERED}
   * @throws MongoBulkWriteException if anything but a known key failed
   */
  static <T> void write(List<T> upserts, Consumer<List<T>> bulk) {
    List<T> left = refused(upserts, bulk);
    refused(left, bulk);
  }

  private static <T> List<T> refused(List<T> upserts, Consumer<List<T>> bulk) {
    if (upserts.isEmpty()) {
      return List.of();
    }
    try {
      bulk.accept(upserts);
      return List.of();
    } catch (MongoBulkWriteException e) {
      return KnownKeys.of(upserts, e);
    }
  }
}
