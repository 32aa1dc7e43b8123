package im.linnet.schemas.document;

/** {@code topic_member}: the memberships of one user in one topic. */
public final class TopicMember {
  /** The collection's name. */
  public static final String COLLECTION = "topic_member";

  /** The topic. */
  public static final String TOPIC_ID = "TopicID";

  /** The member. */
  public static final String CLIENT_ID = "ClientID";

  /** The time of the last join, epoch seconds. */
  public static final String JOIN_TIME = "JoinTime";

  /** The memberships in order; they are never removed. */
  public static final String SPANS = "Spans";

  /** The offset of the last fact applied. A fact that is not above it leaves the document alone. */
  public static final String LAST_CHANGE = "LastChange";

  /** In a span: the offset of the fact that began it, inclusive. */
  public static final String JOIN = "Join";

  /** In a span: the offset of the fact that ended it, inclusive; absent while it lasts. */
  public static final String LEFT = "Left";

  private TopicMember() {}
}
