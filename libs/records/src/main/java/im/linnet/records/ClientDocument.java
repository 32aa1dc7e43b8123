package im.linnet.records;

/**
 * What the applier keeps of a user in {@code client_info}.
 *
 * @param user the user
 * @param relations how the user stands to others
 * @param relationGuard the offset of the last fact applied to them; -1 where none was
 * @param profile what the user shows, with a guard of its own
 */
public record ClientDocument(
    String user, Relations relations, long relationGuard, StoredProfile profile) {
  /** A user of whom nothing is kept. */
  public static ClientDocument empty(String user) {
    return new ClientDocument(user, Relations.NONE, -1, StoredProfile.empty(user));
  }

  /** Whether the applier keeps nothing of the user, so that the document is presence alone. */
  boolean isEmpty() {
    return relationGuard < 0 && profile.revision() < 0;
  }
}
