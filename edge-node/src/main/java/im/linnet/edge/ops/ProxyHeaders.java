package im.linnet.edge.ops;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The headers that reverse proxies, tunnels and content networks add. */
final class ProxyHeaders {
  private static final Pattern TELLING =
      Pattern.compile(
          ".*(forward|proxy|client-ip|connecting|original-|real-|remote-).*"
              + "|.*-(ip|addr|scheme|country)"
              + "|(x-)?(via|host|port|server|scheme|protocol|proto|ssl|tls|https)"
              + "|(x-)?(cf|cdn|ssl|tls|arr|akamai|amz|amzn|appengine|azure|cloud|cluster|edge|envoy"
              + "|fastly|fly|haproxy|nf|ngrok|nginx|sucuri|tailscale|traefik|true|varnish|vercel)-.*"
              + "|front-end-https|max-forwards|surrogate-capability|x-varnish|x-request-start");

  /** The headers of every request, and those that a browser sends by itself. */
  private static final Set<String> OWN = Set.of("host");

  private ProxyHeaders() {}

  /** The first name that only a proxy between the asking program and this server sets. */
  static Optional<String> first(Iterable<String> names) {
    for (String name : names) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!OWN.contains(lower) && TELLING.matcher(lower).matches()) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }
}
