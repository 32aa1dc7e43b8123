package im.linnet.cli.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file that is made at the first use and kept for ever, readable by its owner alone. Of
 * several processes that make it at the same time the first one wins, and all read the same.
 */
final class MadeOnce {
  private static final Logger LOG = LoggerFactory.getLogger(MadeOnce.class);

  private MadeOnce() {}

  /**
   * Writes the file unless it is there.
   *
   * @param content gives the text of a new file, in ASCII
   * @throws IOException if it can be neither found nor made
   */
  static void ensure(Path file, Supplier<String> content) throws IOException {
    if (!Files.exists(file)) {
      make(file, content.get());
    }
  }

  /** Written aside first, so that no process reads half of it, even after a crash. */
  private static void make(Path file, String content) throws IOException {
    Path draft =
        Files.createTempFile(
            file.toAbsolutePath().getParent(), file.getFileName() + ".", null, ownerOnly(file));
    try {
      Files.write(draft, content.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.SYNC);
      publish(draft, file);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster, and its text counts.
      LOG.debug("{} was made meanwhile", file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** A link fails if the file is there. A rename does not promise that. */
  private static void publish(Path draft, Path file) throws IOException {
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("no links on this file system: {}", e.toString());
      Files.move(draft, file);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
