package im.linnet.cli.node;

import im.linnet.broker.EmbeddedBrokerConfig;
import im.linnet.cli.config.Addresses;
import im.linnet.edge.EdgeConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code linnet up} prints when it is ready: where to go, and how to stop. */
final class UpAnnouncement {
  private static final String LOOPBACK = "127.0.0.1";

  private UpAnnouncement() {}

  static String of(UpSettings settings, String kafka, int httpPort, int tcpPort, String warning) {
    EdgeConfig.Listeners listeners = settings.edge().listeners();
    EdgeConfig.Tls tls = listeners.tls();
    boolean issues = settings.edge().auth().issueTokens();
    String host = reachable(listeners.host());
    String http = Addresses.of(host, httpPort);
    String servers = servers(host, httpPort, tcpPort);
    String trust = tls == null ? "" : " --tls-ca " + tls.certificate();
    return String.join(
        System.lineSeparator(),
        "ready",
        "  web page   "
            + page(tls, host, httpPort)
            + network(tls, listeners.host(), NetworkAddresses.ofThisMachine(), httpPort),
        "  terminal   ./linnet chat --as aa --to bb"
            + servers
            + (issues ? "" : " --token-file FILE")
            + trust,
        "  raw TCP    "
            + (tls == null
                ? "nc " + host + " " + tcpPort
                : "openssl s_client -quiet -connect " + Addresses.of(host, tcpPort))
            + "   then {\"id\":\"1\",\"op\":\"auth\",\"token\":\"...\"},"
            + " the token from ./linnet token aa"
            + (!issues || servers.isEmpty() ? "" : " --token-server " + http)
            + trust,
        "  Kafka      " + kafka,
        "  clients    up to "
            + listeners.connections()
            + " connections (--connections, and the open-file limit)",
        "  data       " + settings.data().toAbsolutePath().normalize(),
        "  acks       " + acks(settings.broker()),
        "  tokens     " + tokens(issues),
        "Ctrl-C stops it; the next start goes on from there." + warning);
  }

  private static String page(EdgeConfig.@Nullable Tls tls, String host, int port) {
    return (tls == null ? "http" : "https") + "://" + Addresses.of(host, port) + "/";
  }

  /** Lines for other machines; none where the server listens on one address alone. */
  static String network(
      EdgeConfig.@Nullable Tls tls, String host, List<String> addresses, int port) {
    if (!isWildcard(host)) {
      return "";
    }
    return addresses.stream()
        .map(
            address ->
                System.lineSeparator()
                    + "  network    "
                    + page(tls, address, port)
                    + "   asks for a token: ./linnet token aa")
        .collect(Collectors.joining());
  }

  /** What an acknowledgement stands for, in one line. */
  private static String acks(@Nullable EmbeddedBrokerConfig broker) {
    if (broker == null) {
      return "a message survives what the cluster's replicas survive";
    }
    return broker.fsync()
        ? "an acknowledged message is on the disk: it survives a power cut"
        : "an acknowledged message survives a killed process, but not a power cut (--fsync)";
  }

  /** Whom the server believes without any proof, in one line. */
  private static String tokens(boolean issues) {
    return issues
        ? "for any user, to programs on this machine (if a proxy or a tunnel leads here:"
            + " --no-tokens)"
        : "none are given here (--no-tokens): ./linnet token aa --data DIR signs them";
  }

  /** What a chat must be told, nothing where its defaults will do. */
  private static String servers(String host, int httpPort, int tcpPort) {
    boolean usual =
        host.equals(LOOPBACK)
            && httpPort == EdgeConfig.Listeners.DEFAULT.httpPort()
            && tcpPort == EdgeConfig.Listeners.DEFAULT.tcpPort();
    return usual
        ? ""
        : " --server "
            + Addresses.of(host, tcpPort)
            + " --token-server "
            + Addresses.of(host, httpPort);
  }

  /** An address that a client on this machine can connect to. */
  private static String reachable(String host) {
    return isWildcard(host) ? LOOPBACK : host;
  }

  private static boolean isWildcard(String host) {
    try {
      return InetAddress.getByName(host).isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
