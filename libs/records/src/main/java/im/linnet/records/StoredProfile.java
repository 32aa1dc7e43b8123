package im.linnet.records;

import im.linnet.schemas.event.ProfileEvent;

/**
 * The profile of a user.
 *
 * @param user the user
 * @param nickname the name that others see; may be empty
 * @param avatar the picture that others see; may be empty
 * @param revision the offset of the last record applied; -1 for none
 */
public record StoredProfile(String user, String nickname, String avatar, long revision) {
  /** An empty profile. */
  public static StoredProfile empty(String user) {
    return new StoredProfile(user, "", "", -1);
  }

  /** The profile after a change; a field that the change does not name stays. */
  public StoredProfile with(ProfileEvent change, long offset) {
    String name = change.nickname();
    String picture = change.avatar();
    return new StoredProfile(
        user, name == null ? nickname : name, picture == null ? avatar : picture, offset);
  }
}
