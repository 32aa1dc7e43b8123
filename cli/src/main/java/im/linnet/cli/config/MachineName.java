package im.linnet.cli.config;

import im.linnet.edge.config.OwnHost;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that say where a process runs. */
final class MachineName {
  private static final int LONGEST_HOST_PART = 40;

  private MachineName() {}

  /** A name of no other process: this machine's name, that word and random digits. */
  static String unique(String word) {
    byte[] chance = new byte[4];
    new SecureRandom().nextBytes(chance);
    return host() + "-" + word + "-" + HexFormat.of().formatHex(chance);
  }

  private static String host() {
    String host = OwnHost.name().replaceAll("[^A-Za-z0-9._-]", "-");
    return host.substring(0, Math.min(LONGEST_HOST_PART, host.length()));
  }
}
