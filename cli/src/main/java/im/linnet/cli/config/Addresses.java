package im.linnet.cli.config;

import im.linnet.client.ServerAddress;
import im.linnet.settings.SettingException;

/** Hosts and ports that a person has typed. */
public final class Addresses {
  private Addresses() {}

  /**
   * Reads {@code host:port}.
   *
   * @param key the setting, as a flag
   * @throws SettingException if the text is anything else
   */
  public static ServerAddress parse(String text, String key) {
    try {
      return ServerAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new SettingException(
          "'" + text + "' is not an address",
          key,
          "give host:port, such as 127.0.0.1:9000 or [::1]:9000");
    }
  }

  /**
   * Reads a host alone, an IPv6 address with or without brackets.
   *
   * @param key the setting, as a flag
   * @return the host, without brackets
   * @throws SettingException if the text is anything else
   */
  public static String host(String text, String key) {
    try {
      return ServerAddress.host(text);
    } catch (IllegalArgumentException e) {
      throw new SettingException(
          "'" + text + "' is not a host",
          key,
          "give a name or an address alone, such as 127.0.0.1 or ::1");
    }
  }

  /** {@code host:port}, with an IPv6 address in brackets. */
  public static String of(String host, int port) {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
