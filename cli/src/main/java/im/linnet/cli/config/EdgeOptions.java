package im.linnet.cli.config;

import im.linnet.edge.config.EdgeConfig;
import im.linnet.schemas.Names;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where clients connect. */
public final class EdgeOptions {
  private static final int MOST_CONNECTIONS = 10_000_000;

  @Option(
      names = "--http-port",
      paramLabel = "N",
      description =
          "Port for the web page, WebSocket, health and metrics (default: ${DEFAULT-VALUE}).")
  int httpPort = EdgeConfig.Listeners.DEFAULT.httpPort();

  @Option(
      names = "--tcp-port",
      paramLabel = "N",
      description = "Port for TCP clients, such as nc (default: ${DEFAULT-VALUE}).")
  int tcpPort = EdgeConfig.Listeners.DEFAULT.tcpPort();

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
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "PEM certificate chain; with it, clients connect by TLS.")
  @Nullable Path tlsCertificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM key of the certificate.")
  @Nullable Path tlsKey;

  /**
   * The listeners.
   *
   * @param descriptors what the open-file limit leaves for clients
   * @param ports those that this process wants already
   * @throws ConfigException if a port is taken or a file cannot be read
   */
  public EdgeConfig.Listeners listeners(String host, Descriptors descriptors, PortChecks ports) {
    String bound = Addresses.host(host, "--host");
    String advertised =
        advertisedHost == null ? null : Addresses.host(advertisedHost, "--advertised-host");
    EdgeConfig.Listeners standard = EdgeConfig.Listeners.DEFAULT;
    EdgeConfig.Tls tls = tls();
    if (connections != null && (connections < 1 || connections > MOST_CONNECTIONS)) {
      throw new ConfigException(
          connections + " connections", "--connections", "give 1 to " + MOST_CONNECTIONS);
    }
    ports.require(bound, tcpPort, "--tcp-port");
    ports.require(bound, httpPort, "--http-port");
    EdgeConfig.Listeners listeners;
    try {
      listeners =
          new EdgeConfig.Listeners(
              bound,
              tcpPort,
              httpPort,
              advertised,
              standard.eventLoops(),
              descriptors.connections(connections),
              tls,
              standard.closeWait(),
              standard.requestTime(),
              standard.idleTime());
    } catch (IllegalArgumentException e) {
      throw ConfigException.of(e);
    }
    return listeners;
  }

  /**
   * The given id, else one that no other running edge has: this machine's name, the port, and
   * chance.
   *
   * @throws ConfigException if the given one is no name
   */
  public String edgeId() {
    if (edgeId == null) {
      return MachineName.unique(Integer.toString(tcpPort));
    }
    if (!Names.isToken(edgeId)) {
      throw new ConfigException(
          "'" + edgeId + "' cannot be an edge's name",
          "--edge-id",
          "give 1 to 64 of A-Z a-z 0-9 . _ @ -");
    }
    return edgeId;
  }

  private EdgeConfig.@Nullable Tls tls() {
    if (tlsCertificate == null && tlsKey == null) {
      return null;
    }
    if (tlsCertificate == null || tlsKey == null) {
      throw new ConfigException(
          "a certificate and a key go together",
          tlsKey == null ? "--tls-key" : "--tls-certificate",
          "give both --tls-certificate and --tls-key");
    }
    return TlsFiles.checked(tlsCertificate, tlsKey);
  }
}
