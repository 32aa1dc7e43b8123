package im.linnet.records;

/**
 * The part of a user's {@code client_info} that the applier keeps.
 *
 * @param user the user
 * @param relations the user's friends and blocks
 * @param relationGuard the offset of the last fact applied to them; -1 for none
 * @param profile the user's profile, with a guard of its own
 */
public record ClientDocument(
    String user, Relations relations, long relationGuard, StoredProfile profile) {
  /** An empty document. */
  public static ClientDocument empty(String user) {
    return new ClientDocument(user, Relations.NONE, -1, StoredProfile.empty(user));
  }

  /** Whether the applier keeps nothing of the user, so that the document is presence alone. */
  boolean isEmpty() {
    return relationGuard < 0 && profile.revision() < 0;
  }
}
