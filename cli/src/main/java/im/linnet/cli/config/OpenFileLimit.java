package im.linnet.cli.config;

import com.sun.management.UnixOperatingSystemMXBean;
import im.linnet.settings.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files and sockets that this process may have open, and those that a log keeps open. */
public final class OpenFileLimit {
  private OpenFileLimit() {}

  /** The limit of this process; {@link Long#MAX_VALUE} if the machine sets or tells none. */
  public static long current() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /**
   * The files of a broker's log, each of which the broker keeps open.
   *
   * @param log the broker's directory, which may not exist yet
   * @throws SettingException if it cannot be read
   */
  public static long ofLog(Path log) {
    if (!Files.isDirectory(log)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(log, 2)) {
      return files.filter(file -> file.toString().endsWith(".log")).count();
    } catch (IOException | UncheckedIOException e) {
      throw new SettingException(
          "cannot read " + log, "--data", "give a folder that this user may read");
    }
  }
}
