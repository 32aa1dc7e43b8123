package im.linnet.records.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import java.util.ArrayList;
import java.util.List;

/** The documents that an unordered bulk did not insert because their keys were there. */
final class KnownKeys {
  private KnownKeys() {}

  /**
   * The documents whose keys were there.
   *
   * @throws MongoBulkWriteException if anything else failed
   */
  static <T> List<T> of(List<T> documents, MongoBulkWriteException failure) {
    if (failure.getWriteConcernError() != null) {
      throw failure;
    }
    List<T> found = new ArrayList<>(failure.getWriteErrors().size());
    for (BulkWriteError error : failure.getWriteErrors()) {
      if (error.getCategory() != ErrorCategory.DUPLICATE_KEY) {
        throw failure;
      }
      found.add(documents.get(error.getIndex()));
    }
    return found;
  }
}
