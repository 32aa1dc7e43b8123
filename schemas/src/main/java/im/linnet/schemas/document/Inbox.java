package im.linnet.schemas.document;

/**
 * {@code inbox}: one document per delivered record that is no message; {@code _id} is made of
 * stream, key and offset.
 */
public final class Inbox {
  /** The collection's name. */
  public static final String COLLECTION = "inbox";

  /** The record's JSON value, untouched bytes. */
  public static final String VALUE = "Value";

  /** The record's broker time, <b>milliseconds</b>. */
  public static final String TIME = "Time";

  /** The offset of the recall that blanked a text in its value; absent where none did. */
  public static final String LAST_CHANGE = "LastChange";

  private Inbox() {}
}
