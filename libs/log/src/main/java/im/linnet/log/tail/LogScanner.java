package im.linnet.log.tail;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads a part of a partition from the log itself, for records that neither the store nor the ring
 * has.
 */
@FunctionalInterface
public interface LogScanner {
  /**
   * The records that a scan is for.
   *
   * @param keys the keys whose records are wanted
   * @param joins whether a record makes its key wanted, from itself on; asked about the records
   *     under other keys that count
   */
  record Wanted(Collection<String> keys, Predicate<LogRecord> joins) {
    /** The records of some keys. */
    public static Wanted ofKeys(Collection<String> keys) {
      return new Wanted(keys, record -> false);
    }
  }

  /**
   * Reads the wanted records in {@code [from, to)}, once each: late ones and second copies of a
   * message are left out, also where the first copy lies up to 30 s before. Blocks; safe on any
   * thread.
   *
   * @param to an offset that the tail has passed
   * @throws im.linnet.log.LogUnavailableException if it was not read within the time allowed
   */
  Scan scan(StreamPartition partition, long from, long to, Wanted wanted);

  /**
   * The result of a scan.
   *
   * @param next the end of the result; below {@code to} only if the records filled the allowed
   *     memory
   * @param records per key in offset order; their values are not judged yet
   */
  record Scan(long next, Map<String, List<LogRecord>> records) {}
}
