package im.linnet.cli.node;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** The addresses by which other machines of the same network reach this one. */
final class NetworkAddresses {
  private static final int MOST = 3;

  private NetworkAddresses() {}

  /** The IPv4 addresses of this machine in its networks, three at most. */
  static List<String> ofThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(NetworkAddresses::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(Inet4Address.class::isInstance)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .map(InetAddress::getHostAddress)
          .distinct()
          .limit(MOST)
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback() && !network.isPointToPoint();
    } catch (SocketException e) {
      return false;
    }
  }
}
