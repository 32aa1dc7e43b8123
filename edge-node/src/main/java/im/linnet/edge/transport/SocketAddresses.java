package im.linnet.edge.transport;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** Socket addresses as text. */
final class SocketAddresses {
  private SocketAddresses() {}

  /**
   * The ip:port of a socket's client, an IPv6 address in brackets. It is made anew each time: few
   * ask, and a session need not hold it.
   */
  static String ofClient(Channel socket) {
    if (!(socket.remoteAddress() instanceof InetSocketAddress address)) {
      return "unknown:0";
    }
    String host =
        address.getAddress() == null
            ? address.getHostString()
            : address.getAddress().getHostAddress();
    return host.indexOf(':') >= 0
        ? "[" + host + "]:" + address.getPort()
        : host + ":" + address.getPort();
  }
}
