package im.linnet.settings;

import org.jspecify.annotations.Nullable;

/**
 * A setting cannot be used. The message is one line: what is wrong, which setting it is, and what
 * to change. Thrown before any socket opens.
 */
public final class SettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String flag;
  private final String remedy;

  /**
   * @param what what is wrong
   * @param flag the setting
   * @param remedy what to change
   */
  public SettingException(String what, String flag, String remedy) {
    super(what + " (" + flag + "): " + remedy);
    this.what = what;
    this.flag = flag;
    this.remedy = remedy;
  }

  /** The setting, as a flag. */
  public String flag() {
    return flag;
  }

  /**
   * This exception with another name of the setting in the flag's place.
   *
   * @param name such as a variable of the environment
   */
  public SettingException named(String name) {
    return new SettingException(what, name, remedy);
  }

  /**
   * Refuses what does not hold.
   *
   * @throws SettingException if it does not
   */
  public static void require(boolean holds, String what, String flag, String remedy) {
    if (!holds) {
      throw new SettingException(what, flag, remedy);
    }
  }

  /**
   * Refuses an empty text.
   *
   * @throws SettingException if it is null or blank
   */
  public static void requireText(@Nullable String text, String flag) {
    require(
        text != null && !text.isBlank(), "the value is empty", flag, "give one, or leave it out");
  }
}
