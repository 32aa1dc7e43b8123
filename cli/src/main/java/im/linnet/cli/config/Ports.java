package im.linnet.cli.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Asks for ports before anything is started, so that a taken one is told at once and by name. */
public final class Ports {
  private static final int HIGHEST = 65_535;

  private Ports() {}

  /**
   * Checks that a port can be bound; 0 always can.
   *
   * @param key the setting, as a flag
   * @throws ConfigException if it cannot
   */
  public static void requireFree(String host, int port, String key) {
    if (port < 0 || port > HIGHEST) {
      throw new ConfigException(port + " is no port", key, "give 0 to 65535; 0 takes a free one");
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (UnknownHostException e) {
      throw new ConfigException(
          "'" + host + "' is no address of this machine", "--host", "give one, or 0.0.0.0 for all");
    } catch (IOException e) {
      throw new ConfigException(
          "cannot listen on " + host + ":" + port + ", " + e.getMessage(),
          key,
          "stop what listens there, or give another port");
    }
  }
}
