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
 * The one rule by which every reader of a partition leaves out late records and second copies of a
 * message. A message is a copy if a record with its identity stands in its partition at most 30 s
 * of broker time before it. That record may be a copy itself. Stale and malformed records do not
 * count.
 *
 * <p>The time of a record is the highest broker time of all records of the partition up to it, also
 * of those that do not count. So time never goes back: the clock of a new leader may be late, and
 * then time stands still for a while. A reader may begin at any record. If the time of that record
 * is t, the reader hands to {@link #warm} all records from the first one on that is not older than
 * t less 30 s. All records before that one are older. So none of them sets the time of a later
 * record, and none has a copy among the judged ones. Then it judges as a reader from the start
 * does.
 *
 * <p>The headers hold the identity. So a value is decoded only if its identity is known: a
 * malformed record is not a copy, and the earlier record could be malformed, too. Owned by one
 * thread.
 */
public final class RecordFilter {
  /** The time that the rule looks back, in ms of broker time. */
  public static final long SPAN_MILLIS = DuplicateFilter.SPAN_MILLIS;

  private static final byte[] MESSAGE = MessageEvent.TYPE.getBytes(StandardCharsets.US_ASCII);

  private final RecordDecoder<? extends LogEvent> decoder;
  private final DuplicateFilter filter;

  /** The judgement of a record. */
  public enum Verdict {
    COUNTS,
    STALE,
    DUPLICATE
  }

  /** Gives earlier records of the partition. */
  @FunctionalInterface
  public interface Kept {
    /**
     * The record at that offset; null if the reader does not have it any more. Then the filter was
     * warmed with it, or it was settled.
     */
    @Nullable LogRecord at(long offset);
  }

  RecordFilter(RecordDecoder<? extends LogEvent> decoder, DuplicateFilter filter) {
    this.decoder = decoder;
    this.filter = filter;
  }

  /** An empty filter with its own hash key. */
  public static RecordFilter of(RecordDecoder<? extends LogEvent> decoder) {
    return new RecordFilter(decoder, new DuplicateFilter(SipHash.keyedBy(new SecureRandom())));
  }

  /** The identities that it remembers. */
  DuplicateFilter identities() {
    return filter;
  }

  /** Notes the time of a record that is neither judged nor handed to {@link #warm}. */
  public void pass(LogRecord record) {
    filter.reach(record.timestamp());
  }

  /** Notes a record before the first judged one. */
  public void warm(LogRecord record) {
    filter.reach(record.timestamp());
    if (isNamedMessage(record) && isMessage(record)) {
      filter.stand(record);
    }
  }

  /**
   * Judges the next record. A malformed record counts here; its reader finds that it is malformed.
   */
  public Verdict judge(LogRecord record, Kept kept) {
    filter.reach(record.timestamp());
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

  /**
   * A record that counts will not be at hand any more, so it is decided now whether it stands
   * there. Never throws.
   */
  public void settle(LogRecord record) {
    try {
      if (isNamedMessage(record) && filter.stands(record) && !isMessage(record)) {
        filter.fall(record);
      }
    } catch (RuntimeException e) {
      // A mistake of ours in the decoder. Whoever reads the record is told; it hides no other one.
      filter.fall(record);
    }
  }

  private static boolean isNamedMessage(LogRecord record) {
    return record.key() != null
        && record.value() != null
        && Arrays.equals(MESSAGE, record.headers().type());
  }

  private boolean isMessage(LogRecord record) {
    return decoder.decode(record) instanceof Decoded.Valid<? extends LogEvent> valid
        && valid.event() instanceof MessageEvent;
  }
}
