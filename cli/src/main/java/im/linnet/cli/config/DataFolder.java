package im.linnet.cli.config;

import im.linnet.broker.StorageTrouble;
import im.linnet.settings.SettingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A data directory, and the places of its files.
 *
 * @param path the directory
 */
public record DataFolder(Path path) {
  /** The directory of a command that names none. */
  public static final Path USUAL = Path.of("linnet-data");

  /** Room for an empty log, its indexes and the first lines of the log file, and some more. */
  private static final long LEAST_FREE = 16L << 20;

  /**
   * Checks that it can be used. Creates nothing.
   *
   * @throws SettingException if there can be no writable directory
   * @throws MachineException if the disk is full
   */
  public void requireUsable() {
    Path there = path.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw unusable(
          there.equals(path.toAbsolutePath())
              ? "there is a file of that name"
              : there + " is not a directory");
    }
    if (!Files.isWritable(there)) {
      throw unusable("permission denied");
    }
    try {
      FileStore disk = Files.getFileStore(there);
      // Some file systems do not say how large they are.
      if (disk.getTotalSpace() > 0) {
        requireRoom(disk.getUsableSpace());
      }
    } catch (IOException e) {
      throw failure("use", e);
    }
  }

  /**
   * Refuses a disk on which a start would stop half-way.
   *
   * @param bytes the free bytes
   * @throws MachineException if there are too few
   */
  void requireRoom(long bytes) {
    if (bytes < LEAST_FREE) {
      throw new MachineException(
          "the disk of the data directory "
              + path.toAbsolutePath()
              + " is full: a start needs "
              + (LEAST_FREE >> 20)
              + " MiB and "
              + (bytes >> 10)
              + " KiB are free; free some space, then start again");
    }
  }

  /**
   * Creates it.
   *
   * @throws SettingException if there can be no writable directory
   * @throws MachineException if the disk is full
   */
  public void prepare() {
    try {
      Files.createDirectories(path);
      Path probe = Files.createTempFile(path, "writable", null);
      Files.delete(probe);
    } catch (IOException e) {
      throw failure("write to", e);
    }
  }

  /** The exception for an I/O error here: the setting is wrong, or the machine is. */
  RuntimeException failure(String deed, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return unusable("there can be no such directory");
    }
    StorageTrouble trouble = StorageTrouble.of(cause).orElseThrow();
    return trouble.isSetting()
        ? unusable(reason(cause, trouble))
        : new MachineException(
            "cannot "
                + deed
                + " the data directory "
                + path.toAbsolutePath()
                + ": "
                + trouble.reason()
                + "; "
                + trouble.remedy(),
            cause);
  }

  /** The embedded broker's directory. */
  public Path kafka() {
    return path.resolve("kafka");
  }

  /** The file with the key that signs this installation's own tokens. */
  public Path tokenSecret() {
    return path.resolve("token-secret");
  }

  /** The file with the issuer and audience that tokens of that key must name. */
  public Path tokenClaims() {
    return path.resolve("token-claims");
  }

  /** The file with the name that this installation has in a cluster. */
  public Path instance() {
    return path.resolve("instance");
  }

  /** The processes' log file. */
  public Path logFile() {
    return path.resolve("logs").resolve("linnet.log");
  }

  private SettingException unusable(String reason) {
    return new SettingException(
        "cannot write to the data directory " + path.toAbsolutePath() + ": " + reason,
        "--data",
        "give a directory that this user may write to");
  }

  private static String reason(IOException cause, StorageTrouble trouble) {
    return cause instanceof AccessDeniedException ? "permission denied" : trouble.reason();
  }
}
