package im.linnet.edge.auth;

import im.linnet.log.Callbacks;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** The source of a key set's text. Blocks, for a bounded time. */
@FunctionalInterface
interface KeySource {
  /** The longest key set, in bytes. */
  int MOST_BYTES = 1 << 20;

  /** The time limit for each of: the connection, the begin of the answer, and its end. */
  Duration PATIENCE = Duration.ofSeconds(5);

  /** Reads the key set. */
  String read() throws KeySetUnusableException, InterruptedException;

  /** The source of a place. */
  static KeySource of(KeyPlace place) {
    return switch (place) {
      case KeyPlace.InFile in -> () -> fromFile(in.file());
      case KeyPlace.AtUrl at -> fromUrl(at.url());
    };
  }

  private static String fromFile(Path file) throws KeySetUnusableException {
    if (!Files.exists(file)) {
      throw new KeySetUnusableException("there is no such file");
    }
    // The read of a pipe or a device may never end.
    if (!Files.isRegularFile(file)) {
      throw new KeySetUnusableException("it is not a plain file");
    }
    try {
      return text(Files.newInputStream(file));
    } catch (KeySetUnusableException e) {
      throw e;
    } catch (IOException e) {
      throw new KeySetUnusableException("the file cannot be read by this user", e);
    }
  }

  private static KeySource fromUrl(URI url) {
    HttpRequest request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    return () -> {
      try {
        HttpResponse<InputStream> response =
            client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        String body = timely(response.body(), PATIENCE);
        if (response.statusCode() != 200) {
          throw new KeySetUnusableException("it answered " + response.statusCode());
        }
        return body;
      } catch (KeySetUnusableException e) {
        throw e;
      } catch (IOException e) {
        throw new KeySetUnusableException(reason(e), e);
      }
    };
  }

  /** The reason in words for an operator. The library's own texts name classes, or are empty. */
  private static String reason(IOException failure) {
    return switch (failure) {
      case HttpTimeoutException e -> "no answer within " + PATIENCE.toSeconds() + " s";
      case SSLException e -> "no trusted TLS connection can be made to it";
      case UnknownHostException e -> "its host is not known";
      case ConnectException e ->
          e.getCause() instanceof UnresolvedAddressException
                  || (e.getCause() != null
                      && e.getCause().getCause() instanceof UnresolvedAddressException)
              ? "its host is not known"
              : "nothing listens there";
      default -> "its answer broke off or took over " + PATIENCE.toSeconds() + " s";
    };
  }

  /**
   * Reads a body to its end. The request's own time-out covers only the answer's head. After {@code
   * patience} the body is closed, which ends the read.
   *
   * @param patience the longest time of the read
   */
  static String timely(InputStream body, Duration patience) throws IOException {
    // The timer ends with the reading, so it does not retain the body.
    CompletableFuture<Void> overdue =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, patience.toNanos(), TimeUnit.NANOSECONDS);
    Callbacks.whenDone(overdue.thenRunAsync(() -> closeQuietly(body)), (done, ended) -> {});
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
      // The reader fails too, and gives the reason.
      return;
    }
  }

  private static String text(InputStream stream) throws IOException {
    try (stream) {
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new KeySetUnusableException("it is longer than " + MOST_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
