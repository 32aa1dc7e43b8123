package im.linnet.schemas.document;

/** {@code read_mark}: how far a member has read a topic. */
public final class ReadMark {
  /** The collection's name. */
  public static final String COLLECTION = "read_mark";

  /** The member. */
  public static final String READER = "Reader";

  /** The topic. */
  public static final String TOPIC_ID = "TopicID";

  /** The offset of the last message that is read; all before it are read too. */
  public static final String UP_TO = "UpTo";

  /**
   * The offset up to which {@code IsRead} of the topic's messages shows the mark; absent where it
   * shows the whole of it.
   */
  public static final String SHOWN = "Shown";

  private ReadMark() {}
}
