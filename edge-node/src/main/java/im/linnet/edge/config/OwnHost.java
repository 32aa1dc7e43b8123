package im.linnet.edge.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** How this machine is called by its own settings. */
public final class OwnHost {
  private OwnHost() {}

  /** Its address; the loopback's where its name has none. */
  public static String address() {
    return local().map(InetAddress::getHostAddress).orElse("127.0.0.1");
  }

  /** Its name; {@code unknown} where that has no address. */
  public static String name() {
    return local().map(InetAddress::getHostName).orElse("unknown");
  }

  private static Optional<InetAddress> local() {
    try {
      return Optional.of(InetAddress.getLocalHost());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
