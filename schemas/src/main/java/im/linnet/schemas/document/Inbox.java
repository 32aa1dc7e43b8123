package im.linnet.schemas.document;

/**
 * {@code inbox}: the log with an index. It has one document per delivered record; {@code _id} is
 * made of stream, key and offset.
 */
public final class Inbox {
  /** The collection's name. */
  public static final String COLLECTION = "inbox";

  /** The record's JSON value, untouched bytes. */
  public static final String VALUE = "Value";

  /** The record's broker time, <b>milliseconds</b>. */
  public static final String TIME = "Time";

  private Inbox() {}
}
