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
 * count. A reader that begins in the middle hands the 30 s before to {@link #warm}. Then it judges
 * as a reader from the start does.
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
     * The record at that offset; null if the reader does not have it any more, though it surely
     * counts.
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

  /** Notes a record before the first judged one. */
  public void warm(LogRecord record) {
    if (isNamedMessage(record) && isMessage(record)) {
      filter.stand(record);
    }
  }

  /**
   * Judges the next record. A malformed record counts here; its reader finds that it is malformed.
   */
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
