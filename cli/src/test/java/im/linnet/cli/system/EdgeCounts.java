package im.linnet.cli.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What an edge says that it has done, in its metrics of the moment. */
record EdgeCounts(String scraped) {
  static EdgeCounts of(int httpPort) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/metrics"))
              .timeout(Duration.ofSeconds(10))
              .build();
      return new EdgeCounts(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  /** The value of {@code linnet_edge_<name>_total}. */
  long of(String name) {
    String meter = "linnet_edge_" + name + "_total ";
    return scraped
        .lines()
        .filter(line -> line.startsWith(meter))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(meter.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError(meter + "is not in\n" + scraped));
  }
}
