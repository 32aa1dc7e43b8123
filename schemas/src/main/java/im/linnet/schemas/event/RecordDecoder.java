package im.linnet.schemas.event;

import im.linnet.schemas.EventTime;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;

/**
 * Judges records of the streams: valid, stale, unknown or malformed. All readers of an installation
 * judge by the same catalogue, so alike. Immutable; safe on any thread.
 */
public final class RecordDecoder {
  /**
   * The largest value that counts, in bytes; a larger one is malformed for every reader. Five times
   * what our own producers can write (a content whose every character has to be escaped), what one
   * default Kafka request holds, and far below what a store takes as one document.
   */
  public static final int MAX_VALUE_BYTES = 1 << 20;

  private final TopicCatalogue catalogue;

  /**
   * @param catalogue of the log whose records are judged
   */
  public RecordDecoder(TopicCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Whether the record came too late to count; needs no parsing of its value. */
  public static boolean isStale(LogRecord record) {
    return EventTime.isStale(EventTime.parse(record.headers().time()), record.timestamp());
  }

  /** Judges a record of a stream's topic. */
  public Decoded decode(Stream stream, LogRecord record) {
    if (isStale(record)) {
      return new Decoded.Stale(record);
    }
    byte[] key = record.key();
    byte[] value = record.value();
    byte[] type = record.headers().type();
    if (key == null) {
      return new Decoded.Malformed(record, "key: is missing");
    }
    int home = catalogue.partition(stream, key);
    if (home != record.partition()) {
      return new Decoded.Malformed(
          record, "key: belongs to the partition " + home + ", not " + record.partition());
    }
    if (value == null) {
      return new Decoded.Malformed(record, "value: is missing");
    }
    if (type == null) {
      return new Decoded.Malformed(record, "ce_type: is missing");
    }
    String typeName = new String(type, StandardCharsets.UTF_8);
    if (!InboxEventCodec.knows(stream, typeName)) {
      return new Decoded.Unknown(record, typeName);
    }
    if (value.length > MAX_VALUE_BYTES) {
      return new Decoded.Malformed(
          record, "value: " + value.length + " bytes, more than " + MAX_VALUE_BYTES);
    }
    try {
      String owner = new String(key, StandardCharsets.UTF_8);
      InboxEvent event = InboxEventCodec.decode(stream, typeName, value);
      if (!owner.equals(event.owner())) {
        return new Decoded.Malformed(
            record, "key: '" + owner + "' is not '" + event.owner() + "', which the value names");
      }
      String misplaced = event.misplaced(catalogue, record.partition());
      return misplaced == null
          ? new Decoded.Valid(record, owner, event)
          : new Decoded.Malformed(record, misplaced);
    } catch (MalformedEventException e) {
      return new Decoded.Malformed(record, String.valueOf(e.getMessage()));
    }
  }
}
