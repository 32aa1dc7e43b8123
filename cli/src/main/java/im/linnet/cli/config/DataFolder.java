package im.linnet.cli.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A data directory and what lies where in it.
 *
 * @param path the directory
 */
public record DataFolder(Path path) {
  /**
   * Creates it.
   *
   * @throws ConfigException if there can be no writable directory
   */
  public void prepare() {
    try {
      Files.createDirectories(path);
      Path probe = Files.createTempFile(path, "writable", null);
      Files.delete(probe);
    } catch (IOException e) {
      throw new ConfigException(
          "cannot write to the data directory " + path.toAbsolutePath() + ": " + reason(e),
          "--data",
          "give a directory that this user may write to");
    }
  }

  /** The embedded broker's part. */
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

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case FileAlreadyExistsException exists -> "there is a file of that name";
      case NoSuchFileException none -> "there can be no such directory";
      case FileSystemException other -> String.valueOf(other.getReason());
      default -> String.valueOf(e.getMessage());
    };
  }
}
