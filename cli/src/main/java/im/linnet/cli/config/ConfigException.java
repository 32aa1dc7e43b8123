package im.linnet.cli.config;

import org.jspecify.annotations.Nullable;

/**
 * The configuration cannot be used. The message is one line: what is wrong, which setting it is,
 * and what to change. Thrown before any socket opens; the process ends with exit code 2.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final @Nullable String key;
  private final String remedy;

  /**
   * @param what what is wrong
   * @param key the setting, as a flag
   * @param remedy what to change
   */
  public ConfigException(String what, String key, String remedy) {
    super(line(what, key, remedy));
    this.what = what;
    this.key = key;
    this.remedy = remedy;
  }

  private ConfigException(String message) {
    super(message);
    this.what = message;
    this.key = null;
    this.remedy = "";
  }

  /** What a configuration record refused; its message names the setting. */
  public static ConfigException of(IllegalArgumentException refused) {
    return new ConfigException(String.valueOf(refused.getMessage()));
  }

  /** The setting, as a flag; null where the message names it in another way. */
  public @Nullable String key() {
    return key;
  }

  /**
   * The same, with another name of the setting in the flag's place.
   *
   * @param name such as a variable of the environment
   */
  public ConfigException named(String name) {
    return key == null ? this : new ConfigException(what, name, remedy);
  }

  private static String line(String what, String name, String remedy) {
    return what + " (" + name + "): " + remedy;
  }
}
