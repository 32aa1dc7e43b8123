package im.linnet.schemas.event;

import im.linnet.schemas.LogRecord;

/**
 * The judgement of a log record, the same for every reader.
 *
 * @param <E> the family of events that the record is read as
 */
public sealed interface Decoded<E extends LogEvent> {
  /** The record as it stands in the log. */
  LogRecord record();

  /**
   * The record counts.
   *
   * @param record the record
   * @param owner its key
   * @param event its content
   */
  record Valid<E extends LogEvent>(LogRecord record, String owner, E event) implements Decoded<E> {}

  /**
   * The record reached the broker too late and counts for no reader, see {@link
   * im.linnet.schemas.EventTime}.
   */
  record Stale<E extends LogEvent>(LogRecord record) implements Decoded<E> {}

  /**
   * The record's type is unknown to this version: a newer version wrote it. No reader of this
   * version acts on it, so all readers show the same. The log keeps the record for newer versions.
   *
   * @param record the record
   * @param type its {@code ce_type}
   */
  record Unknown<E extends LogEvent>(LogRecord record, String type) implements Decoded<E> {}

  /**
   * The record cannot be read: the applier dead-letters it, an edge skips it.
   *
   * @param record the record
   * @param reason the problem, with the name of the field
   */
  record Malformed<E extends LogEvent>(LogRecord record, String reason) implements Decoded<E> {}
}
