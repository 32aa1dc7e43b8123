package im.linnet.cli.config;

import im.linnet.edge.EdgeConfig;
import im.linnet.edge.SigningSecret;
import im.linnet.schemas.Names;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where clients connect, and who may. */
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
      description = "The most client connections at a time (default: ${DEFAULT-VALUE}).")
  int connections = EdgeConfig.Listeners.DEFAULT.connections();

  @Option(
      names = "--token-secret-file",
      paramLabel = "FILE",
      description = "File with the key (32 bytes or more) of HS256 tokens.")
  @Nullable Path tokenSecretFile;

  @Option(
      names = "--jwks",
      paramLabel = "FILE|URL",
      description = "JSON Web Key Set of RS256 and ES256 tokens.")
  @Nullable String jwks;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "PEM certificate chain; with it, clients connect by TLS.")
  @Nullable Path tlsCertificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM key of the certificate.")
  @Nullable Path tlsKey;

  /** The key that an operator has given, null where none. */
  public @Nullable SigningSecret secret() {
    return tokenSecretFile == null
        ? null
        : TokenSecret.read(tokenSecretFile, "--token-secret-file");
  }

  /**
   * The listeners.
   *
   * @throws ConfigException if a port is taken or a file cannot be read
   */
  public EdgeConfig.Listeners listeners(String host) {
    EdgeConfig.Listeners standard = EdgeConfig.Listeners.DEFAULT;
    EdgeConfig.Tls tls = tls();
    if (httpPort == tcpPort && httpPort != 0) {
      throw new ConfigException(
          "both listeners want port " + httpPort, "--http-port", "give two different ports");
    }
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw new ConfigException(
          connections + " connections", "--connections", "give 1 to " + MOST_CONNECTIONS);
    }
    Ports.requireFree(host, httpPort, "--http-port");
    Ports.requireFree(host, tcpPort, "--tcp-port");
    EdgeConfig.Listeners listeners;
    try {
      listeners =
          new EdgeConfig.Listeners(
              host,
              tcpPort,
              httpPort,
              advertisedHost,
              standard.eventLoops(),
              connections,
              tls,
              standard.closeWait());
    } catch (IllegalArgumentException e) {
      throw ConfigException.of(e);
    }
    return listeners;
  }

  /**
   * Who may connect, where an operator must say it.
   *
   * @throws ConfigException if nobody could
   */
  public EdgeConfig.Auth auth() {
    SigningSecret secret = secret();
    if (secret == null && jwks == null) {
      throw new ConfigException(
          "nothing says whose tokens are good",
          "--token-secret-file",
          "give a file with a key of 32 bytes or more, or --jwks with a key set");
    }
    return auth(secret);
  }

  /** Who may connect, with that key beside a key set that may be given. */
  public EdgeConfig.Auth auth(@Nullable SigningSecret secret) {
    try {
      EdgeConfig.Auth base =
          secret == null
              ? EdgeConfig.Auth.ofKeySet(jwks == null ? "" : jwks)
              : EdgeConfig.Auth.ofSecret(secret);
      return new EdgeConfig.Auth(
          secret, jwks, base.jwksRefresh(), base.leeway(), false, base.tokenLife());
    } catch (IllegalArgumentException e) {
      throw ConfigException.of(e);
    }
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
    requireReadable(tlsCertificate, "--tls-certificate");
    requireReadable(tlsKey, "--tls-key");
    return new EdgeConfig.Tls(tlsCertificate, tlsKey);
  }

  private static void requireReadable(Path file, String key) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new ConfigException("cannot read " + file, key, "give a readable PEM file");
    }
  }
}
