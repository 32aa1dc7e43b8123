package im.linnet.cli.node;

import im.linnet.broker.EmbeddedBrokerConfig;
import im.linnet.cli.config.Addresses;
import im.linnet.cli.config.DataFolder;
import im.linnet.edge.config.ListenerSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of {@code linnet up} when it is ready: the addresses, and the way to stop it. */
final class UpAnnouncement {
  private static final String LOOPBACK = "127.0.0.1";

  private UpAnnouncement() {}

  /**
   * The whole text.
   *
   * @param addresses of this machine, for other machines
   */
  static String of(
      UpSettings settings,
      List<String> addresses,
      String kafka,
      int httpPort,
      int tcpPort,
      String warning) {
    ListenerSettings listeners = settings.edge().listeners();
    ListenerSettings.Tls tls = listeners.tls();
    boolean issues = settings.edge().auth().issueTokens();
    String host = reachable(listeners.host());
    boolean usual = isUsual(host, httpPort, tcpPort);
    String trust = tls == null ? "" : " --tls-ca " + tls.certificate();
    String http = Addresses.of(host, httpPort);
    // Without a server the command takes the key of the default directory, if there is one.
    boolean named = !usual || !settings.data().equals(DataFolder.USUAL);
    String token = tokenCommand(settings, named ? " --token-server " + http + trust : "");
    return String.join(
        System.lineSeparator(),
        "ready",
        "  web page   "
            + page(tls, host, httpPort)
            + network(tls, listeners.host(), addresses, httpPort, token),
        "  terminal   ./linnet chat --as aa --to bb"
            + (usual ? "" : " --server " + Addresses.of(host, tcpPort))
            + (issues ? (usual ? "" : " --token-server " + http) : " --token-file FILE")
            + trust,
        "  raw TCP    "
            + (tls == null
                ? "nc " + host + " " + tcpPort
                : "openssl s_client -quiet -connect " + Addresses.of(host, tcpPort))
            + "   then {\"id\":\"1\",\"op\":\"auth\",\"token\":\"...\"},"
            + " the token from "
            + token,
        "  Kafka      " + kafka,
        "  clients    up to "
            + listeners.connections()
            + " connections (--connections, and the open-file limit)",
        "  data       " + settings.data().toAbsolutePath().normalize(),
        "  acks       " + acks(settings.broker()),
        "  tokens     " + tokens(issues, token),
        "Ctrl-C stops it; the next start goes on from there." + warning);
  }

  /** The command that prints a token for this server. */
  private static String tokenCommand(UpSettings settings, String server) {
    String command = "./linnet token aa";
    if (settings.edge().auth().issueTokens()) {
      return command + server;
    }
    return settings.secretFile() == null
        ? command + " --data " + settings.data()
        : command + " --token-secret-file " + settings.secretFile();
  }

  private static String page(ListenerSettings.@Nullable Tls tls, String host, int port) {
    return (tls == null ? "http" : "https") + "://" + Addresses.of(host, port) + "/";
  }

  /** The lines for other machines; empty if the server listens on one address only. */
  static String network(
      ListenerSettings.@Nullable Tls tls,
      String host,
      List<String> addresses,
      int port,
      String token) {
    if (!isWildcard(host)) {
      return "";
    }
    return addresses.stream()
        .map(
            address ->
                System.lineSeparator()
                    + "  network    "
                    + page(tls, address, port)
                    + "   asks for a token: "
                    + token)
        .collect(Collectors.joining());
  }

  /** The meaning of an acknowledgement, in one line. */
  private static String acks(@Nullable EmbeddedBrokerConfig broker) {
    if (broker == null) {
      return "a message survives what the cluster's replicas survive";
    }
    return broker.fsync()
        ? "an acknowledged message is on the disk: it survives a power cut"
        : "an acknowledged message survives a killed process, but not a power cut (--fsync)";
  }

  /** The programs that get tokens without a proof, in one line. */
  private static String tokens(boolean issues, String command) {
    return issues
        ? "for any user, to programs on this machine (if a proxy or a tunnel leads here:"
            + " --no-tokens)"
        : "none are given here (--no-tokens): " + command + " signs them";
  }

  /** Whether the defaults of the other commands are right for this server. */
  private static boolean isUsual(String host, int httpPort, int tcpPort) {
    return host.equals(LOOPBACK)
        && httpPort == ListenerSettings.DEFAULT.httpPort()
        && tcpPort == ListenerSettings.DEFAULT.tcpPort();
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
