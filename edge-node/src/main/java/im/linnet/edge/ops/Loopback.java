package im.linnet.edge.ops;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an HTTP request comes from a program on this machine that asks for itself. The
 * peer's address alone is not enough. A foreign page can make a browser on this machine ask: the
 * request then has a foreign Origin, or by DNS rebinding a foreign Host. A proxy on this machine
 * asks for others.
 */
final class Loopback {
  /** The addresses 127.0.0.0 to 127.255.255.255. */
  private static final Pattern LOOPBACK =
      Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");

  private Loopback() {}

  /**
   * The sign that the request comes from elsewhere; empty without such a sign.
   *
   * @param peer the peer's IP address
   * @param host the Host header or HTTP/2 authority, name and maybe port
   * @param target the request's target, as it came
   */
  static Optional<String> foreign(
      @Nullable String peer,
      @Nullable String host,
      String target,
      HttpVersion version,
      MultiMap headers) {
    if (peer == null || !isAddress(peer)) {
      return Optional.of("the request does not come from a loopback address");
    }
    if (host == null || headers.getAll("Host").size() > 1 || !isName(withoutPort(lower(host)))) {
      return Optional.of("the Host header is not localhost or a loopback address");
    }
    // Its host would count, not the header's (RFC 9112, section 3.2.2).
    if (!target.startsWith("/")) {
      return Optional.of("a whole URL as the request's target is meant for a proxy");
    }
    Optional<String> proxy = ProxyHeaders.first(headers.names());
    if (proxy.isPresent()) {
      return proxy.map(name -> "the header " + shown(name) + " is one of a proxy");
    }
    // Browsers and command line tools have not spoken it for decades, but proxies do by default.
    if (version == HttpVersion.HTTP_1_0) {
      return Optional.of("HTTP/1.0 is what proxies speak");
    }
    return isOfOtherPage(lower(host), headers)
        ? Optional.of("the request is made by a page of another site")
        : Optional.empty();
  }

  private static boolean isOfOtherPage(String authority, MultiMap headers) {
    return headers.getAll("Origin").stream().anyMatch(each -> !isOf(each, authority))
        || headers.getAll("Referer").stream().anyMatch(each -> !isOf(each, authority))
        || headers.getAll("Sec-Fetch-Site").stream()
            .anyMatch(each -> !List.of("same-origin", "none").contains(lower(each)));
  }

  private static boolean isAddress(String address) {
    int zone = address.indexOf('%');
    String bare = zone < 0 ? address : address.substring(0, zone);
    return bare.startsWith("127.")
        || bare.equals("::1")
        || bare.equals("0:0:0:0:0:0:0:1")
        || bare.startsWith("::ffff:127.");
  }

  private static boolean isName(String name) {
    return name.equals("localhost") || name.equals("[::1]") || LOOPBACK.matcher(name).matches();
  }

  private static String withoutPort(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }

  private static boolean isOf(String url, String authority) {
    try {
      String other = new URI(url).getRawAuthority();
      return other != null && lower(other).equals(authority);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String shown(String name) {
    return name.length() > 40 ? name.substring(0, 40) : name;
  }
}
