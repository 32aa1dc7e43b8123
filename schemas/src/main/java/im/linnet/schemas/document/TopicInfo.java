package im.linnet.schemas.document;

/** {@code topic_info}: a topic (group). */
public final class TopicInfo {
  /** The collection's name. */
  public static final String COLLECTION = "topic_info";

  /** The topic. Given. */
  public static final String TOPIC_ID = "TopicID";

  /** Its founder. Given. */
  public static final String FOUNDER_ID = "FounderID";

  /** Its members. Given. */
  public static final String CLIENTS_ID = "ClientsID";

  /** The name that members see. */
  public static final String TOPIC_NAME = "TopicName";

  /** {@code open} or {@code invite}. */
  public static final String JOIN_POLICY = "JoinPolicy";

  /** Whether members see the messages from before they joined. */
  public static final String HISTORY = "History";

  /** Whether it is over; its id is never used again. */
  public static final String DISBANDED = "Disbanded";

  /** The time of its creation, epoch seconds. */
  public static final String TIME = "Time";

  /** The place of the last fact applied, see {@link LogPlace}. */
  public static final String LOG = "Log";

  private TopicInfo() {}
}
