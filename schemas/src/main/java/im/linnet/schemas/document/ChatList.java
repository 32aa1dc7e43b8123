package im.linnet.schemas.document;

/**
 * {@code conversation}: the p2p conversations of each user, one document for each direction. It
 * names the hour of the newest message, and not the message, so it is written once an hour at most.
 */
public final class ChatList {
  /** The collection's name. */
  public static final String COLLECTION = "conversation";

  /** The user in whose list the conversation is. */
  public static final String OWNER = "Owner";

  /** The other user. */
  public static final String PEER = "Peer";

  /** {@link #OUT} for what the owner sent, {@link #IN} for what the peer sent. */
  public static final String DIRECTION = "Direction";

  /** The hour of the newest message of the direction, hours since the epoch, int64; only raised. */
  public static final String HOUR = "Hour";

  /** The direction from the owner to the peer. */
  public static final String OUT = "out";

  /** The direction from the peer to the owner. */
  public static final String IN = "in";

  private ChatList() {}
}
