package im.linnet.schemas.document;

/** {@code contact_info}: the owner's private remarks on another user. */
public final class ContactInfo {
  /** The collection's name. */
  public static final String COLLECTION = "contact_info";

  /** The owner. */
  public static final String CLIENT_ID = "ClientID";

  /** The other user. */
  public static final String USER_ID = "UserID";

  /** The owner's name for the other user. */
  public static final String REMARK_NAME = "RemarkName";

  /** The owner's labels. */
  public static final String LABELS = "Labels";

  /** The offset of the last record applied; a record that is not above it changes nothing. */
  public static final String LAST_CHANGE = "LastChange";

  private ContactInfo() {}
}
