package im.linnet.records;

import im.linnet.schemas.event.ProfileEvent;

/**
 * What a user shows of themselves.
 *
 * @param user the user
 * @param nickname the name that others see; empty where there is none
 * @param avatar the picture that others see; empty where there is none
 * @param revision the offset of the last record applied; -1 where none was
 */
public record StoredProfile(String user, String nickname, String avatar, long revision) {
  /** A user who shows nothing. */
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
