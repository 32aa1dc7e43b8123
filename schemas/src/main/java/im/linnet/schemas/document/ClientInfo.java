package im.linnet.schemas.document;

/** {@code client_info}: a user's presence, friends and profile. */
public final class ClientInfo {
  /** The collection's name. */
  public static final String COLLECTION = "client_info";

  /** The user. Given. */
  public static final String CLIENT_ID = "ClientID";

  /** The newest session's client, {@code ip:port}; empty without a session. Given. */
  public static final String CLIENT_ADDR = "ClientAddr";

  /** The edge of that session, {@code ip:port}; empty without a session. Given. */
  public static final String MSG_SERVER_ADDR = "MsgServerAddr";

  /** User names, empty from the start. Given. */
  public static final String FRIENDS = "Friends";

  /** Whether the user has a session. Given. */
  public static final String ALIVE = "Alive";

  /** The name that others see. */
  public static final String NICKNAME = "Nickname";

  /** The picture that others see. */
  public static final String AVATAR = "Avatar";

  /** The time when the last session ended or the newest began, ms. */
  public static final String LAST_SEEN = "LastSeen";

  /** The users that this one blocked. */
  public static final String BLOCKED = "Blocked";

  /** The users that blocked this one. */
  public static final String BLOCKED_BY = "BlockedBy";

  /**
   * Grows with each change of the presence fields; a write that is not above it changes nothing.
   */
  public static final String PRESENCE_GUARD = "PresenceGuard";

  /**
   * The offset of the last fact applied to Friends, Blocked and BlockedBy; absent where none was. A
   * fact that is not above it leaves the three alone.
   */
  public static final String RELATION_GUARD = "RelationGuard";

  /** The offset of the last change of the profile applied; one that is not above it is old. */
  public static final String PROFILE_GUARD = "ProfileGuard";

  private ClientInfo() {}
}
