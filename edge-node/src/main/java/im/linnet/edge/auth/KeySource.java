package im.linnet.edge.auth;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Where the text of a key set comes from. Blocks, in a bounded time. */
@FunctionalInterface
interface KeySource {
  /** The longest key set, in bytes. */
  int MOST_BYTES = 1 << 20;

  /** The time for a connection, for an answer to begin, and for it to end. */
  Duration PATIENCE = Duration.ofSeconds(5);

  /** Reads the key set. */
  String read() throws IOException, InterruptedException;

  /** The source of a file path or an http(s) URL. */
  static KeySource of(String place) {
    if (!place.startsWith("http://") && !place.startsWith("https://")) {
      Path file = Path.of(place);
      return () -> text(Files.newInputStream(file));
    }
    HttpRequest request = HttpRequest.newBuilder(URI.create(place)).timeout(PATIENCE).build();
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    return () -> {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      String body = timely(response.body());
      if (response.statusCode() != 200) {
        throw new IOException(place + " answered " + response.statusCode());
      }
      return body;
    };
  }

  /** The request's own time-out ends with the answer's head; a closed body ends the read of it. */
  private static String timely(InputStream body) throws IOException {
    CompletableFuture<Void> overdue =
        CompletableFuture.runAsync(
            () -> closeQuietly(body),
            CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    try {
      return text(body);
    } finally {
      overdue.cancel(false);
    }
  }

  private static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // What reads it fails too, and says why.
      return;
    }
  }

  private static String text(InputStream stream) throws IOException {
    try (stream) {
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("the key set is longer than " + MOST_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
