package im.linnet.edge.config;

import im.linnet.settings.Setting;
import im.linnet.settings.SettingException;
import im.linnet.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The ports for clients.
 *
 * @param host the address to bind, for both listeners
 * @param tcpPort the TCP listener; 0 takes a free port
 * @param httpPort the HTTP and WebSocket listener; 0 takes a free port
 * @param advertisedHost the host under which other processes and clients reach this edge; null
 *     takes the bound host, or the machine's own address if that is a wildcard
 * @param eventLoops threads that serve sockets
 * @param connections the most open sockets of both listeners together; one more is refused (3004,
 *     or 503) and closed
 * @param tls certificate and key for both listeners; null serves without TLS
 */
public record ListenerSettings(
    String host,
    int tcpPort,
    int httpPort,
    @Nullable String advertisedHost,
    @Setting(
            flag = "--event-loops",
            value = Setting.CORES,
            least = "1",
            most = "1024",
            doc = "Threads that serve sockets.")
        int eventLoops,
    int connections,
    @Nullable Tls tls,
    @Setting(
            flag = "--close-wait",
            value = "2s",
            least = "10ms",
            most = "1m",
            doc = "How long a closing socket may take to take its last frame.")
        Duration closeWait,
    @Setting(
            flag = "--request-time",
            value = "10s",
            least = "10ms",
            most = "10m",
            doc =
                "How long an HTTP request may take from its first byte to its last, a TLS"
                    + " handshake, and an HTTP client from its accept to its first byte.")
        Duration requestTime,
    @Setting(
            flag = "--idle-time",
            value = "60s",
            least = "10ms",
            most = "10m",
            doc =
                "How long an HTTP socket may be idle between requests, or take to take an answer.")
        Duration idleTime) {
  /** Every interface of this machine and the documented ports. */
  public static final ListenerSettings DEFAULT =
      Settings.defaults(ListenerSettings.class, "0.0.0.0", 9000, 8080, null, 100_000, null);

  /** More sockets than any machine can hold. */
  private static final int MOST_CONNECTIONS = 10_000_000;

  public ListenerSettings {
    Settings.check(
        ListenerSettings.class,
        host,
        tcpPort,
        httpPort,
        advertisedHost,
        eventLoops,
        connections,
        tls,
        closeWait,
        requestTime,
        idleTime);
    SettingException.requireText(host, "--host");
    requirePort("--tcp-port", tcpPort);
    requirePort("--http-port", httpPort);
    SettingException.require(
        tcpPort == 0 || tcpPort != httpPort,
        "both listeners want port " + tcpPort,
        "--http-port",
        "give another one than --tcp-port has");
    SettingException.require(
        connections >= 1 && connections <= MOST_CONNECTIONS,
        connections + " connections",
        "--connections",
        "give 1 to " + MOST_CONNECTIONS);
  }

  /** These settings on another address. */
  public ListenerSettings withAddress(String otherHost, int otherTcpPort, int otherHttpPort) {
    return at(otherHost, otherTcpPort, otherHttpPort, advertisedHost, connections, tls);
  }

  /** These settings with other ports. */
  public ListenerSettings at(
      String otherHost,
      int otherTcpPort,
      int otherHttpPort,
      @Nullable String otherAdvertisedHost,
      int otherConnections,
      @Nullable Tls otherTls) {
    return new ListenerSettings(
        otherHost,
        otherTcpPort,
        otherHttpPort,
        otherAdvertisedHost,
        eventLoops,
        otherConnections,
        otherTls,
        closeWait,
        requestTime,
        idleTime);
  }

  /** The host under which others reach this edge, an IPv6 address in brackets. */
  public String advertised() {
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    String told = advertisedHost != null ? advertisedHost : everywhere ? OwnHost.address() : host;
    return told.indexOf(':') >= 0 && !told.startsWith("[") ? "[" + told + "]" : told;
  }

  private static void requirePort(String flag, int port) {
    SettingException.require(
        port >= 0 && port <= 65_535, port + " is not a port", flag, "give 0 to 65535");
  }

  /**
   * A certificate.
   *
   * @param certificate PEM file with the chain
   * @param key PEM file with the private key (PKCS #8)
   */
  public record Tls(Path certificate, Path key) {}
}
