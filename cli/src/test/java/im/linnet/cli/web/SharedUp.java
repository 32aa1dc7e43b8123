package im.linnet.cli.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.cli.Main;
import im.linnet.testkit.FreePort;
import im.linnet.testkit.OsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One {@code linnet up} in a process of its own, for all browser tests of this JVM. Every test has
 * users of its own.
 */
final class SharedUp implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);

  private final OsProcess process;
  private final int http = FreePort.next();
  private final Path folder;

  SharedUp() {
    try {
      folder = Files.createTempDirectory("linnet-up");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory", e);
    }
    process =
        OsProcess.java(
            "up",
            folder,
            List.of("-Xmx512m"),
            Main.class.getName(),
            List.of(
                "up",
                "--data",
                folder.resolve("data").toString(),
                "--http-port",
                Integer.toString(http),
                "--tcp-port",
                Integer.toString(FreePort.next()),
                "--kafka-port",
                Integer.toString(FreePort.next())));
    process.awaitLine(Pattern.compile("^ready"), START);
  }

  int httpPort() {
    return http;
  }

  String url() {
    return "http://127.0.0.1:" + http + "/";
  }

  /** A token for that user, as the server gives it to this machine. */
  String token(String user) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(url() + "v1/token"))
                  .version(HttpClient.Version.HTTP_1_1)
                  .POST(HttpRequest.BodyPublishers.ofString("{\"clientId\":\"" + user + "\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return new ObjectMapper().readTree(response.body()).path("data").path("token").asText();
    }
  }

  /** Stops it where it stands (SIGSTOP): its sockets stay, and nothing answers. */
  void freeze() {
    process.pause();
  }

  /** Lets it go on (SIGCONT). */
  void thaw() {
    process.resume();
  }

  @Override
  public void close() {
    process.close();
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      folder.toFile().deleteOnExit();
    }
  }
}
