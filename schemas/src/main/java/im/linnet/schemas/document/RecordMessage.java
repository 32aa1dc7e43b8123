package im.linnet.schemas.document;

import im.linnet.schemas.Stream;

/**
 * The fields of the three collections of messages, which share their names: {@code
 * p2p_record_message}, {@code mutual_record_message} and {@code topic_record_message}. The given
 * ones are {@code FromID}, {@code ToID}, {@code Content}, {@code Time}, {@code UUID} and {@code
 * IsRead} (for mutual, {@code Type} instead of {@code Content}); the others stand beside them.
 */
public final class RecordMessage {
  /** The user who sent it. */
  public static final String FROM_ID = "FromID";

  /** The recipient: a user, or a topic. */
  public static final String TO_ID = "ToID";

  /** The text; empty once recalled. */
  public static final String CONTENT = "Content";

  /** The broker's append time, epoch <b>seconds</b>, int64. */
  public static final String TIME = "Time";

  /** The sender's id for it; with ToID and FromID the message's identity. */
  public static final String UUID = "UUID";

  /**
   * The state of reading: a bool for p2p and mutual, an array of the users who have read for a
   * topic.
   */
  public static final String IS_READ = "IsRead";

  /** The type of the content: {@code text}, {@code add_friend}, ... */
  public static final String TYPE = "Type";

  /** Its place in the log, see {@link LogPlace}. */
  public static final String LOG = "Log";

  /** Whether it was recalled; absent if not. */
  public static final String RECALLED = "Recalled";

  /** The time of the last edit, ms; absent if it was never edited. */
  public static final String EDITED_AT = "EditedAt";

  /**
   * The offset of the last recall or edit applied to it; absent where none was. A record that is
   * not above it leaves the document alone.
   */
  public static final String LAST_CHANGE = "LastChange";

  /**
   * The record's value bytes, only where they are not the ones that Linnet would have written from
   * the fields; gone once it is recalled or edited.
   */
  public static final String RAW = "Raw";

  private RecordMessage() {}

  /** The collection that holds a stream's messages. */
  public static String collection(Stream stream) {
    return switch (stream) {
      case P2P -> "p2p_record_message";
      case MUTUAL -> "mutual_record_message";
      case TOPIC -> "topic_record_message";
      case PROFILE -> throw new IllegalArgumentException("profiles are no messages");
    };
  }
}
