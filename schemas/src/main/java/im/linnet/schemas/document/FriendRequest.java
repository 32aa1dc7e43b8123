package im.linnet.schemas.document;

/** {@code friend_request}: a friend request; one document for each of the two users. */
public final class FriendRequest {
  /** The collection's name. */
  public static final String COLLECTION = "friend_request";

  /** The user that has this document in their list. */
  public static final String OWNER = "Owner";

  /** The user who was asked. */
  public static final String USER_ID = "UserID";

  /** The user who asked. */
  public static final String REQ_USER_ID = "ReqUserID";

  /** The text of the request. */
  public static final String REQ_MESSAGE = "ReqMessage";

  /** 0 pending, 1 accepted, 2 rejected. */
  public static final String STATUS = "Status";

  /** The time of the request, epoch seconds. */
  public static final String TIME = "Time";

  /** The request's identity. */
  public static final String UUID = "UUID";

  /** The place of its fact in the owner's own partition, see {@link LogPlace}. */
  public static final String LOG = "Log";

  /** The offset of the last answer applied to it; absent where none was. */
  public static final String LAST_CHANGE = "LastChange";

  private FriendRequest() {}
}
