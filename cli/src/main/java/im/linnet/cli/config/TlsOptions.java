package im.linnet.cli.config;

import im.linnet.client.ClientTls;
import im.linnet.settings.SettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a client for servers that speak TLS. */
public final class TlsOptions {
  @Option(
      names = "--tls",
      description = "Connect by TLS, and trust the authorities in this JVM's trust store.")
  boolean tls;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "Connect by TLS, and trust the PEM certificates in FILE.")
  @Nullable Path authorities;

  /**
   * The trusted authorities; null for connections without TLS.
   *
   * @throws SettingException if the file cannot be used
   */
  public @Nullable ClientTls tls() {
    Path file = authorities;
    if (file == null) {
      return tls ? ClientTls.ofJvm() : null;
    }
    byte[] bytes = TextFile.bytes(file, "certificates from", "--tls-ca");
    if (!new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE-----")) {
      throw new SettingException(
          "cannot read certificates from " + file + ": there is none in PEM",
          "--tls-ca",
          "give a file with '-----BEGIN CERTIFICATE-----' blocks");
    }
    try {
      return ClientTls.trusting(file);
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingException(
          "cannot read certificates from " + file + ": one of them is damaged",
          "--tls-ca",
          "give a file of whole PEM certificates");
    }
  }
}
