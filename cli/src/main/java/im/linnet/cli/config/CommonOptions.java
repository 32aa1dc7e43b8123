package im.linnet.cli.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every process. */
public final class CommonOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Read settings from this file: 'key = value' or 'key: value' lines, the keys being the"
            + " flags without dashes. Flags win over the environment (LINNET_TCP_PORT, ...), and"
            + " that over the file."
      })
  @Nullable Path config;

  @Option(
      names = "--print-config",
      description = {"Print every setting with its source, as a file for --config, and stop."})
  boolean printConfig;

  /** Whether to print the settings instead of running. */
  public boolean printConfig() {
    return printConfig;
  }
}
