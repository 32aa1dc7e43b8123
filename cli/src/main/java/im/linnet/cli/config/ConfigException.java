package im.linnet.cli.config;

/**
 * The configuration cannot be used. The message is one line: what is wrong, which setting it is,
 * and what to change. Thrown before any socket opens; the process ends with exit code 2.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param what what is wrong
   * @param key the setting, as a flag
   * @param remedy what to change
   */
  public ConfigException(String what, String key, String remedy) {
    super(what + " (" + key + "): " + remedy);
  }

  private ConfigException(String message) {
    super(message);
  }

  /** What a configuration record refused; its message names the setting. */
  public static ConfigException of(IllegalArgumentException refused) {
    return new ConfigException(String.valueOf(refused.getMessage()));
  }
}
