package im.linnet.cli.config;

import im.linnet.settings.SettingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The address at which a process without clients serves its health and metrics. */
public final class HealthOptions {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "The address that --http-port binds (default: ${DEFAULT-VALUE}).")
  String host = "0.0.0.0";

  @Option(
      names = "--http-port",
      paramLabel = "N",
      description =
          "Serve /health/live, /health/ready and /metrics on this port (default: nowhere).")
  @Nullable Integer httpPort;

  /**
   * The address; empty if none was asked for.
   *
   * @throws SettingException if the port is taken
   */
  public Optional<HttpAddress> address() {
    if (httpPort == null) {
      Addresses.host(host, "--host");
      return Optional.empty();
    }
    String bound = Addresses.host(host, "--host");
    new PortChecks().require(bound, httpPort, "--http-port");
    return Optional.of(new HttpAddress(bound, httpPort));
  }
}
