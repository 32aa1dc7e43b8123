package im.linnet.cli;

import im.linnet.cli.config.ConfigException;
import im.linnet.schemas.Names;

/** The names of processes of which there may be several. */
final class Instances {
  private Instances() {}

  /**
   * Checks a name.
   *
   * @throws ConfigException if it is none
   */
  static void require(String instance) {
    if (!Names.isToken(instance)) {
      throw new ConfigException(
          "'" + instance + "' is no name for a process",
          "--instance",
          "give 1-64 characters of A-Z a-z 0-9 . _ @ -");
    }
  }
}
