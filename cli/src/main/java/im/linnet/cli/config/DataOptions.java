package im.linnet.cli.config;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data directory of a process. */
public final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory (default: ${DEFAULT-VALUE}). 'up' and 'broker' create it.")
  Path data = DataFolder.USUAL;

  /** The directory's path; nothing is created yet. */
  public DataFolder folder() {
    return new DataFolder(data);
  }
}
