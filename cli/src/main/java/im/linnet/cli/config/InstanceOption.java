package im.linnet.cli.config;

import im.linnet.schemas.Names;
import im.linnet.settings.SettingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The name that a process with a data directory has in a cluster. */
public final class InstanceOption {
  /** The name on a broker of its own, where there is one such process. */
  private static final Instance ALONE = Instance.of("up");

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      description = {
        "With --kafka: this process's name, unique in the cluster and the same after a restart"
            + " (default: one that is made once and kept in the data directory)."
      })
  @Nullable String instance;

  /**
   * The name on a broker of its own.
   *
   * @throws SettingException if the given text is no name
   */
  public Instance alone() {
    return instance == null ? ALONE : Instance.of(requireName(instance));
  }

  /**
   * Checks the given name, if there is one.
   *
   * @throws SettingException if it is no name
   */
  public void requireUsable() {
    if (instance != null) {
      requireName(instance);
    }
  }

  /**
   * The name in a cluster: the given one, or that of the data directory. Until the hold is closed
   * no other process can take the directory's name.
   *
   * @throws SettingException if the given text is no name, or another process holds that of the
   *     data directory
   */
  public Instance in(DataFolder folder) {
    if (instance != null) {
      return Instance.of(requireName(instance));
    }
    Path file = folder.instance();
    try {
      MadeOnce.ensure(file, () -> MachineName.unique("up"));
      String name = requireName(Files.readString(file).strip());
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new SettingException(
            "another 'linnet up' runs with the data directory " + folder.path().toAbsolutePath(),
            "--data",
            "stop that one, or give each a directory of its own");
      }
      return new Instance(name, channel);
    } catch (IOException e) {
      throw folder.failure("keep this process's name in", e);
    }
  }

  /**
   * Checks a name.
   *
   * @throws SettingException if it is no name
   */
  public static String requireName(String name) {
    // Kafka does not take . or .. as the name of a group's member.
    if (!Names.isToken(name) || name.equals(".") || name.equals("..")) {
      throw new SettingException(
          "'" + name + "' is not a process's name",
          "--instance",
          "give 1-64 characters of A-Z a-z 0-9 . _ @ -, but not . or .. alone");
    }
    return name;
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
