package im.linnet.edge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.edge.ops.HealthPages;
import im.linnet.testkit.FreePort;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A process without an edge answers for its health as an edge does. */
class HealthServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int port = FreePort.next();
  private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());

  @Test
  void readinessNamesItsCheckInJson() throws Exception {
    HealthServer server =
        new HealthServer(
            "127.0.0.1", port, HealthPages.of("persister", trouble::get, () -> "a_meter 1\n"));
    try (server) {
      server.start();

      HttpResponse<String> ready = get("/health/ready");
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(JSON.readTree(ready.body()))
          .isEqualTo(JSON.readTree("{\"ready\":true,\"checks\":{\"persister\":{\"ok\":true}}}"));

      trouble.set(Optional.of("the \"store\" is away"));
      HttpResponse<String> unready = get("/health/ready");
      assertThat(unready.statusCode()).isEqualTo(503);
      JsonNode said = JSON.readTree(unready.body());
      assertThat(said.path("ready").asBoolean(true)).isFalse();
      assertThat(said.path("checks").path("persister").path("ok").asBoolean(true)).isFalse();
      assertThat(said.path("checks").path("persister").path("reason").asText())
          .isEqualTo("the \"store\" is away");

      assertThat(get("/health/live").body()).isEqualTo("{\"alive\":true}");
      assertThat(get("/metrics").body()).isEqualTo("a_meter 1\n");
    }
  }

  @Test
  void headSaysWhatGetWouldAndOtherMethodsAreToldWhatThereIs() throws Exception {
    HealthServer server =
        new HealthServer(
            "127.0.0.1", port, HealthPages.of("persister", trouble::get, () -> "a_meter 1\n"));
    try (server) {
      server.start();
      for (String path : new String[] {"/health/live", "/health/ready", "/metrics"}) {
        HttpResponse<String> head = ask("HEAD", path);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
            .contains(Integer.toString(get(path).body().length()));
        HttpResponse<String> options = ask("OPTIONS", path);
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        for (String method : new String[] {"POST", "DELETE"}) {
          HttpResponse<String> refused = ask(method, path);
          assertThat(refused.statusCode()).isEqualTo(405);
          assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        }
        assertThat(get(path + "more").statusCode()).isEqualTo(404);
      }
    }
  }

  /** As many as would hold every thread of a small pool. */
  @Test
  void clientsThatDribbleHoldUpNobody() throws Exception {
    HealthServer server =
        new HealthServer(
            "127.0.0.1", port, HealthPages.of("persister", trouble::get, () -> "a_meter 1\n"));
    List<Socket> slow = new ArrayList<>();
    try (server) {
      server.start();
      for (int i = 0; i < 8; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write('G');
        slow.add(socket);
      }
      assertThat(get("/health/live").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(Duration.ofSeconds(20))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return ask("GET", path);
  }
}
