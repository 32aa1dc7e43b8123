package im.linnet.edge.ops;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether an HTTP request comes from this machine's own user. The peer's address alone does not say
 * so: a page from elsewhere can make a browser on this machine ask (it then has a foreign Origin,
 * or by DNS rebinding a foreign Host), and a proxy on this machine asks for others.
 */
final class Loopback {
  private Loopback() {}

  /**
   * Judges a request.
   *
   * @param peer the peer's IP address
   * @param host the Host header, name and maybe port
   * @param origin the Origin header, null where there is none
   * @param forwarded whether a proxy says that it asks for somebody
   */
  static boolean isOwn(
      @Nullable String peer, @Nullable String host, @Nullable String origin, boolean forwarded) {
    if (peer == null || host == null || forwarded || !isAddress(peer)) {
      return false;
    }
    String authority = host.toLowerCase(Locale.ROOT);
    if (!isName(withoutPort(authority))) {
      return false;
    }
    return origin == null || authority.equals(authorityOf(origin));
  }

  private static boolean isAddress(String address) {
    return address.startsWith("127.")
        || address.equals("::1")
        || address.equals("0:0:0:0:0:0:0:1")
        || address.startsWith("::ffff:127.");
  }

  private static boolean isName(String name) {
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  private static String withoutPort(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }

  private static @Nullable String authorityOf(String origin) {
    try {
      String authority = new URI(origin).getRawAuthority();
      return authority == null ? null : authority.toLowerCase(Locale.ROOT);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
