package im.linnet.cli.config;

import im.linnet.edge.config.ListenerSettings;
import im.linnet.edge.config.P2pPolicy;
import im.linnet.settings.SettingException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of an edge. */
public final class EdgeOptions {
  @Option(
      names = "--http-port",
      paramLabel = "N",
      description =
          "Port for the web page, WebSocket, health and metrics (default: ${DEFAULT-VALUE}).")
  int httpPort = ListenerSettings.DEFAULT.httpPort();

  @Option(
      names = "--tcp-port",
      paramLabel = "N",
      description = "Port for TCP clients, such as nc (default: ${DEFAULT-VALUE}).")
  int tcpPort = ListenerSettings.DEFAULT.tcpPort();

  @Option(
      names = "--edge-id",
      paramLabel = "NAME",
      description = "The edge's name, one process for each (default: one made at each start).")
  @Nullable String edgeId;

  @Option(
      names = "--advertised-host",
      paramLabel = "HOST",
      description = "The host that clients and other processes are told (default: the bound one).")
  @Nullable String advertisedHost;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = {
        "The most client connections at a time, sessions and HTTP together (default: what the"
            + " open-file limit leaves, at most 100000)."
      })
  @Nullable Integer connections;

  @Option(
      names = "--p2p-policy",
      paramLabel = "WHO",
      description =
          "Who may send p2p messages to whom: anyone, or friends (default: ${DEFAULT-VALUE}).")
  String p2pPolicy = "anyone";

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "PEM certificate chain; with it, clients connect by TLS.")
  @Nullable Path tlsCertificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM key of the certificate.")
  @Nullable Path tlsKey;

  /**
   * The listeners.
   *
   * @param descriptors the files and sockets that this process may have open
   * @param ports the ports that this process has claimed so far
   * @throws SettingException if a port is taken or a file cannot be read
   */
  public ListenerSettings listeners(String host, Descriptors descriptors, PortChecks ports) {
    String bound = Addresses.host(host, "--host");
    String advertised =
        advertisedHost == null ? null : Addresses.host(advertisedHost, "--advertised-host");
    ListenerSettings.Tls tls = tls();
    ports.require(bound, tcpPort, "--tcp-port");
    ports.require(bound, httpPort, "--http-port");
    return ListenerSettings.DEFAULT.at(
        bound, tcpPort, httpPort, advertised, descriptors.connections(connections), tls);
  }

  /**
   * Who may send p2p messages to whom.
   *
   * @throws SettingException if the text names none
   */
  public P2pPolicy p2pPolicy() {
    return switch (p2pPolicy) {
      case "anyone" -> P2pPolicy.ANYONE;
      case "friends" -> P2pPolicy.FRIENDS;
      default ->
          throw new SettingException(
              "'" + p2pPolicy + "' is no policy for p2p messages",
              "--p2p-policy",
              "give anyone or friends");
    };
  }

  /**
   * The given id. Without one it is made of this machine's name, the port and random digits, so
   * that no other edge has it.
   */
  public String edgeId() {
    return edgeId == null ? MachineName.unique(Integer.toString(tcpPort)) : edgeId;
  }

  private ListenerSettings.@Nullable Tls tls() {
    if (tlsCertificate == null && tlsKey == null) {
      return null;
    }
    if (tlsCertificate == null || tlsKey == null) {
      throw new SettingException(
          "a certificate and a key go together",
          tlsKey == null ? "--tls-key" : "--tls-certificate",
          "give both --tls-certificate and --tls-key");
    }
    return TlsFiles.checked(tlsCertificate, tlsKey);
  }
}
