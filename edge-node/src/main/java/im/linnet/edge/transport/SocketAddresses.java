package im.linnet.edge.transport;

import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Socket addresses as text. */
final class SocketAddresses {
  private SocketAddresses() {}

  /** ip:port, an IPv6 address in brackets. */
  static String of(@Nullable SocketAddress address) {
    if (address == null) {
      return "unknown:0";
    }
    String host = address.hostAddress() == null ? address.host() : address.hostAddress();
    return host != null && host.indexOf(':') >= 0
        ? "[" + host + "]:" + address.port()
        : host + ":" + address.port();
  }
}
