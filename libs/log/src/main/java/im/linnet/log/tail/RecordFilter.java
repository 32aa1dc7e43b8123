package im.linnet.log.tail;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The one rule by which every reader of a partition leaves records out: those that came too late,
 * and second copies of a message. A message is a copy where its identity stands in its partition at
 * most 30 s of broker time before it, whether that one is a copy itself or not. Stale and malformed
 * records do not stand there. So whoever begins in the middle hands in the 30 s before to {@link
 * #warm}, and judges as one that began at the start.
 *
 * <p>Identity is what the headers name, so a value is looked at only where an identity is known: a
 * malformed record is no copy, and what stands there could be malformed. Owned by one thread.
 */
public final class RecordFilter {
  /** How far back the rule looks, in ms of broker time. */
  public static final long SPAN_MILLIS = DuplicateFilter.SPAN_MILLIS;

  private static final byte[] MESSAGE = MessageEvent.TYPE.getBytes(StandardCharsets.US_ASCII);

  private final RecordDecoder<? extends LogEvent> decoder;
  private final DuplicateFilter filter;

  /** What becomes of a record. */
  public enum Verdict {
    COUNTS,
    STALE,
    DUPLICATE
  }

  /** Where earlier records of the partition are still at hand. */
  @FunctionalInterface
  public interface Kept {
    /** The record at that offset; null where it is not at hand, and surely stands there. */
    @Nullable LogRecord at(long offset);
  }

  RecordFilter(RecordDecoder<? extends LogEvent> decoder, DuplicateFilter filter) {
    this.decoder = decoder;
    this.filter = filter;
  }

  /** A filter of its own hash key, which knows nothing yet. */
  public static RecordFilter of(RecordDecoder<? extends LogEvent> decoder) {
    return new RecordFilter(decoder, new DuplicateFilter(SipHash.keyedBy(new SecureRandom())));
  }

  /** What it remembers. */
  DuplicateFilter identities() {
    return filter;
  }

  /** Takes note of a record before the first one that is judged. */
  public void warm(LogRecord record) {
    if (isNamedMessage(record) && isMessage(record)) {
      filter.stand(record);
    }
  }

  /** Judges the next record; of a malformed one it says that it counts, as its reader will see. */
  public Verdict judge(LogRecord record, Kept kept) {
    if (RecordDecoder.isStale(record)) {
      return Verdict.STALE;
    }
    if (!isNamedMessage(record)) {
      return Verdict.COUNTS;
    }
    long last = filter.lastStanding(record);
    if (last == DuplicateFilter.NOWHERE || !isMessage(record)) {
      return Verdict.COUNTS;
    }
    filter.stand(record);
    LogRecord standing = kept.at(last);
    return standing == null || isMessage(standing) ? Verdict.DUPLICATE : Verdict.COUNTS;
  }

  private static boolean isNamedMessage(LogRecord record) {
    return record.value() != null && Arrays.equals(MESSAGE, record.headers().type());
  }

  private boolean isMessage(LogRecord record) {
    return decoder.decode(record) instanceof Decoded.Valid<? extends LogEvent> valid
        && valid.event() instanceof MessageEvent;
  }
}
