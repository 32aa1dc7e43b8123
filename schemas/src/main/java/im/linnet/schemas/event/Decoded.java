package im.linnet.schemas.event;

import im.linnet.schemas.LogRecord;

/**
 * What a record of the log turns out to be: the one judgement that every reader shares.
 *
 * @param <E> the family of events that the record is read as
 */
public sealed interface Decoded<E extends LogEvent> {
  /** The record as it stands in the log. */
  LogRecord record();

  /**
   * It counts.
   *
   * @param record the record
   * @param owner its key
   * @param event what it says
   */
  record Valid<E extends LogEvent>(LogRecord record, String owner, E event) implements Decoded<E> {}

  /**
   * It reached the broker too late and counts for no reader, see {@link
   * im.linnet.schemas.EventTime}.
   */
  record Stale<E extends LogEvent>(LogRecord record) implements Decoded<E> {}

  /**
   * It says something that this version does not know; a newer one wrote it. No reader of this
   * version acts on it, so all show the same; the log keeps it for those that know it.
   *
   * @param record the record
   * @param type its {@code ce_type}
   */
  record Unknown<E extends LogEvent>(LogRecord record, String type) implements Decoded<E> {}

  /**
   * It cannot be read: the applier dead-letters it, an edge skips it.
   *
   * @param record the record
   * @param reason what is wrong, naming the field
   */
  record Malformed<E extends LogEvent>(LogRecord record, String reason) implements Decoded<E> {}
}
