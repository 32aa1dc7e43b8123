package im.linnet.edge.ops;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Files of one folder of the class path, each read at its first request. Names that could lead out
 * of the folder, or to private files, are refused. Safe on any thread.
 */
final class StoredFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "webmanifest", "application/manifest+json",
          "json", "application/schema+json",
          "yaml", "application/yaml");

  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.(?<type>[a-z]+)");

  private final String folder;
  private final Map<String, StoredFile> read = new ConcurrentHashMap<>();

  /**
   * @param folder the folder on the class path, with a slash at both ends
   */
  StoredFiles(String folder) {
    this.folder = folder;
  }

  /** Finds a file by its path within the folder. */
  Future<Optional<StoredFile>> find(Vertx vertx, String name) {
    StoredFile known = read.get(name);
    if (known != null) {
      return Future.succeededFuture(Optional.of(known));
    }
    var matcher = NAME.matcher(name);
    String type = matcher.matches() ? TYPES.get(matcher.group("type")) : null;
    return type == null
        ? Future.succeededFuture(Optional.empty())
        : vertx.executeBlocking(() -> load(name, type));
  }

  private Optional<StoredFile> load(String name, String type) throws IOException {
    try (InputStream file = StoredFiles.class.getResourceAsStream(folder + name)) {
      if (file == null) {
        return Optional.empty();
      }
      StoredFile loaded = new StoredFile(type, file.readAllBytes());
      read.put(name, loaded);
      return Optional.of(loaded);
    }
  }
}
