package im.linnet.cli.config;

import im.linnet.settings.SettingException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tries ports before anything starts, so that an error line can name one that is taken. */
public final class PortChecks {
  private static final int HIGHEST = 65_535;
  private static final int FIRST_OF_EVERYBODY = 1_024;

  /** The setting that has each port so far, as a flag. */
  private final Map<Integer, String> wanted = new LinkedHashMap<>();

  /**
   * Checks that a port can be bound, and that no other setting of this process has it. Port 0 is
   * always good.
   *
   * @param key the setting, as a flag
   * @throws SettingException if the port cannot be had
   */
  public void require(String host, int port, String key) {
    if (port < 0 || port > HIGHEST) {
      throw new SettingException(
          port + " is not a port", key, "give 0 to 65535; 0 takes a free one");
    }
    String other = port == 0 ? null : wanted.putIfAbsent(port, key);
    if (other != null) {
      throw new SettingException(
          "both listeners want port " + port + ", this one and that of " + other,
          key,
          "give two different ports");
    }
    requireFree(address(host), port, key);
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw notHere(host);
    }
  }

  private static void requireFree(InetAddress address, int port, String key) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      if (why.contains("assign requested address") || isElsewhere(address)) {
        throw notHere(address.getHostAddress());
      }
      String where = Addresses.of(address.getHostAddress(), port);
      if (port < FIRST_OF_EVERYBODY && why.contains("ermission")) {
        throw new SettingException(
            "this user may not listen on " + where, key, "give a port of 1024 or above");
      }
      if (!(e instanceof BindException)) {
        throw new SettingException(
            "cannot listen on " + where + ", the system refuses it",
            key,
            "give another address or port");
      }
      throw new SettingException(
          "cannot listen on " + where + ", the port is in use",
          key,
          "stop what listens there, or give another port");
    }
  }

  /** Asked of the addresses, since the system's message may be in another language. */
  private static boolean isElsewhere(InetAddress address) {
    try {
      return !address.isAnyLocalAddress()
          && !address.isLoopbackAddress()
          && NetworkInterface.getByInetAddress(address) == null;
    } catch (SocketException e) {
      return false;
    }
  }

  private static SettingException notHere(String host) {
    return new SettingException(
        "'" + host + "' is not an address of this machine",
        "--host",
        "give one, or 0.0.0.0 for all");
  }
}
