package im.linnet.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address at which an edge listens for TCP clients.
 *
 * @param host name or address, an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {
  private static final int HIGHEST_PORT = 65_535;

  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[^\\[\\]]+]|[^:\\[\\]]+):([0-9]{1,5})");

  /** Letters, digits, dashes, underscores and dots; no scheme, no path, no space. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})");

  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?");

  public ServerAddress {
    if (port < 1 || port > HIGHEST_PORT || !host.equals(host(host))) {
      throw new IllegalArgumentException(
          "an address is host:port, not '" + host + ":" + port + "'");
    }
  }

  /**
   * Reads {@code host:port} or {@code [ipv6]:port}. Asks no name server.
   *
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static ServerAddress parse(String text) {
    Matcher parts = ADDRESS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("an address is host:port, not '" + text + "'");
    }
    return new ServerAddress(host(parts.group(1)), Integer.parseInt(parts.group(2)));
  }

  /**
   * Reads a name, an IPv4 address, or an IPv6 address with or without brackets. Asks no name
   * server.
   *
   * @return the host, without brackets
   * @throws IllegalArgumentException if the text is not one of these forms
   */
  public static String host(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String bare = bracketed ? text.substring(1, text.length() - 1) : text;
    if (bare.indexOf(':') >= 0 ? isIpv6(bare) : !bracketed && isNameOrIpv4(bare)) {
      return bare;
    }
    throw new IllegalArgumentException("a host is a name or an address, not '" + text + "'");
  }

  private static boolean isNameOrIpv4(String text) {
    return NUMBERS.matcher(text).matches()
        ? IPV4.matcher(text).matches()
        : NAME.matcher(text).matches();
  }

  private static boolean isIpv6(String text) {
    if (!IPV6.matcher(text).matches()) {
      return false;
    }
    int zone = text.indexOf('%');
    try {
      // The brackets keep it from being taken for a name. The zone need not exist on this machine.
      InetAddress read =
          InetAddress.getByName("[" + (zone < 0 ? text : text.substring(0, zone)) + "]");
      return read.getAddress().length > 0;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
