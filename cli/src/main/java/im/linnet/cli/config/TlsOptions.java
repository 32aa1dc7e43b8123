package im.linnet.cli.config;

import im.linnet.client.ClientTls;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a client talks to servers that speak TLS. */
public final class TlsOptions {
  @Option(
      names = "--tls",
      description = "Connect by TLS, to servers that this JVM's trust store vouches for.")
  boolean tls;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "Connect by TLS, to servers that the PEM certificates in FILE vouch for.")
  @Nullable Path authorities;

  /**
   * Whom to trust, null for connections without TLS.
   *
   * @throws ConfigException if the file cannot be used
   */
  public @Nullable ClientTls tls() {
    Path file = authorities;
    if (file == null) {
      return tls ? ClientTls.ofJvm() : null;
    }
    try {
      return ClientTls.trusting(file);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(
          "cannot read certificates from " + file, "--tls-ca", "give a readable PEM file");
    }
  }
}
