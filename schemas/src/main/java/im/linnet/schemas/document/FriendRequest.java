package im.linnet.schemas.document;

/** {@code friend_request}: a friend request; one document for each of the two users. */
public final class FriendRequest {
  /** The collection's name. */
  public static final String COLLECTION = "friend_request";

  /** Whose list the document is in. */
  public static final String OWNER = "Owner";

  /** Who was asked. */
  public static final String USER_ID = "UserID";

  /** Who asked. */
  public static final String REQ_USER_ID = "ReqUserID";

  /** What was said. */
  public static final String REQ_MESSAGE = "ReqMessage";

  /** 0 pending, 1 accepted, 2 rejected. */
  public static final String STATUS = "Status";

  /** When it was asked, epoch seconds. */
  public static final String TIME = "Time";

  /** The request's identity. */
  public static final String UUID = "UUID";

  private FriendRequest() {}
}
