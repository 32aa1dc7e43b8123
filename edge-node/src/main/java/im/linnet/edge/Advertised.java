package im.linnet.edge;

import im.linnet.edge.config.ListenerSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The host that others are told to reach this edge at. */
final class Advertised {
  private Advertised() {}

  static String host(ListenerSettings config) {
    String host = config.advertisedHost() == null ? own(config.host()) : config.advertisedHost();
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static String own(String bound) {
    if (!bound.equals("0.0.0.0") && !bound.equals("::")) {
      return bound;
    }
    try {
      return InetAddress.getLocalHost().getHostAddress();
    } catch (UnknownHostException e) {
      return "127.0.0.1";
    }
  }
}
