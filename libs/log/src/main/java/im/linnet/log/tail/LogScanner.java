package im.linnet.log.tail;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads a part of a partition from the log itself, for those that neither store nor ring has. */
@FunctionalInterface
public interface LogScanner {
  /**
   * Reads the records of some keys in {@code [from, to)}, once each: late ones and second copies of
   * a message are left out, also where the first copy lies up to 30 s before. Blocks; safe on any
   * thread.
   *
   * @param to not above what the tail has passed
   * @throws im.linnet.log.LogUnavailableException if it was not read within the time allowed
   */
  Scan scan(StreamPartition partition, long from, long to, Collection<String> keys);

  /**
   * What was found.
   *
   * @param next all below is in here; {@code to}, unless what was found filled the memory allowed
   * @param records per key, in offset order; values are not judged yet
   */
  record Scan(long next, Map<String, List<LogRecord>> records) {}
}
