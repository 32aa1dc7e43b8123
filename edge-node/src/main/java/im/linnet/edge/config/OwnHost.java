package im.linnet.edge.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The name and address of this machine by its own settings. */
public final class OwnHost {
  private OwnHost() {}

  /** Its address; the loopback address if its name has none. */
  public static String address() {
    return local().map(InetAddress::getHostAddress).orElse("127.0.0.1");
  }

  /** Its name; {@code unknown} if the name has no address. */
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
