package im.linnet.schemas.event;

import im.linnet.schemas.LogRecord;

/** What a record of a stream turns out to be: the one judgement that every reader shares. */
public sealed interface Decoded {
  /** The record as it stands in the log. */
  LogRecord record();

  /**
   * It counts.
   *
   * @param record the record
   * @param owner its key: the user or topic that it stands under
   * @param event what it says
   */
  record Valid(LogRecord record, String owner, InboxEvent event) implements Decoded {}

  /**
   * It reached the broker too late and counts for no reader, see {@link
   * im.linnet.schemas.EventTime}.
   */
  record Stale(LogRecord record) implements Decoded {}

  /**
   * It says something that this version does not know; a newer one wrote it. No reader of this
   * version acts on it, so all show the same; the log keeps it for those that know it.
   *
   * @param record the record
   * @param type its {@code ce_type}
   */
  record Unknown(LogRecord record, String type) implements Decoded {}

  /**
   * It cannot be read: the applier dead-letters it, an edge skips it.
   *
   * @param record the record
   * @param reason what is wrong, naming the field
   */
  record Malformed(LogRecord record, String reason) implements Decoded {}
}
