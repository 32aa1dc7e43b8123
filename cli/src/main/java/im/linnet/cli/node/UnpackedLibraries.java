package im.linnet.cli.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native libraries that jars have unpacked for this process, for compression. Their files are
 * deleted where the JVM ends by itself, which a halted one does not. A library stays loaded without
 * its file.
 */
final class UnpackedLibraries {
  private static final Logger LOG = LoggerFactory.getLogger(UnpackedLibraries.class);

  /** The names that lz4-java, zstd-jni and snappy-java give their files. */
  private static final Pattern LIBRARY =
      Pattern.compile("(liblz4-java-|libzstd-jni-|snappy-).*\\.so");

  /** A file beside the library that says that it is in use. */
  private static final String LOCK = ".lck";

  private UnpackedLibraries() {}

  /** Deletes those of this process; only Linux tells which they are. */
  static void delete() {
    Path maps = Path.of("/proc/self/maps");
    if (Files.isReadable(maps)) {
      delete(maps, Path.of(System.getProperty("java.io.tmpdir", "")));
    }
  }

  /**
   * Deletes the libraries of a process.
   *
   * @param maps what the process has mapped, a line each that ends with a file
   * @param folder where jars unpack; nothing outside it is deleted
   */
  static void delete(Path maps, Path folder) {
    try (Stream<String> lines = Files.lines(maps)) {
      Set<Path> libraries =
          lines
              .filter(line -> line.indexOf('/') > 0)
              .map(line -> Path.of(line.substring(line.indexOf('/'))))
              .filter(file -> folder.equals(file.getParent()))
              .filter(file -> LIBRARY.matcher(String.valueOf(file.getFileName())).matches())
              .collect(Collectors.toSet());
      for (Path library : libraries) {
        Files.deleteIfExists(library);
        Files.deleteIfExists(folder.resolve(library.getFileName() + LOCK));
      }
    } catch (IOException e) {
      LOG.debug("unpacked libraries stay in {}", folder, e);
    }
  }
}
