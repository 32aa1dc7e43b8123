package im.linnet.log.tail;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Judges the records of one partition as they come, by their headers alone: late ones and second
 * copies of a message are left out. Only where the filter knows an identity is a value looked at,
 * since a header could be wrong and a first copy could be one that the applier refused. Owned by
 * one thread.
 */
final class RecordFilter {
  private static final byte[] MESSAGE = MessageEvent.TYPE.getBytes(StandardCharsets.US_ASCII);

  private final RecordDecoder<? extends LogEvent> decoder;
  private final DuplicateFilter filter;

  /** What becomes of a record. */
  enum Verdict {
    COUNTS,
    STALE,
    DUPLICATE
  }

  /** Where earlier records of the partition are still at hand. */
  @FunctionalInterface
  interface Kept {
    /** The record at that offset, null where it is not at hand any more. */
    @Nullable LogRecord at(long offset);
  }

  RecordFilter(RecordDecoder<? extends LogEvent> decoder, DuplicateFilter filter) {
    this.decoder = decoder;
    this.filter = filter;
  }

  /** What it remembers. */
  DuplicateFilter filter() {
    return filter;
  }

  /** Judges the next record. */
  Verdict judge(LogRecord record, Kept kept) {
    if (RecordDecoder.isStale(record)) {
      return Verdict.STALE;
    }
    if (record.value() == null || !Arrays.equals(MESSAGE, record.headers().type())) {
      return Verdict.COUNTS;
    }
    long first = filter.firstOffset(record);
    if (first == record.offset()) {
      return Verdict.COUNTS;
    }
    return confirm(record, kept.at(first));
  }

  private Verdict confirm(LogRecord record, @Nullable LogRecord first) {
    MessageEvent second = message(record);
    if (second == null || !named(record, second)) {
      // Not a message of the identity that its headers name; the reader of its value will judge it.
      return Verdict.COUNTS;
    }
    if (first == null) {
      return Verdict.DUPLICATE;
    }
    MessageEvent original = message(first);
    if (original != null && named(first, original)) {
      return Verdict.DUPLICATE;
    }
    filter.restate(record);
    return Verdict.COUNTS;
  }

  private @Nullable MessageEvent message(LogRecord record) {
    return decoder.decode(record) instanceof Decoded.Valid<? extends LogEvent> valid
            && valid.event() instanceof MessageEvent message
        ? message
        : null;
  }

  /** Whether a message's headers name the identity that its value has. */
  static boolean named(LogRecord record, MessageEvent message) {
    return same(record.headers().id(), message.uuid())
        && same(record.headers().source(), message.source());
  }

  private static boolean same(byte @Nullable [] header, String text) {
    return header != null && Arrays.equals(header, text.getBytes(StandardCharsets.UTF_8));
  }
}
