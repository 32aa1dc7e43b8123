package im.linnet.edge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContractPagesIT {
  private static final Pattern REFERENCE =
      Pattern.compile("\"?\\$ref\"?: *[\"']?([^\"'\\s]+)[\"']?");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vertx vertx = Vertx.vertx();
  private final Readiness readiness = new Readiness();
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void start() throws Exception {
    Pages pages = new Pages(readiness, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), null);
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(pages.apply(vertx))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    port = server.actualPort();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    readiness.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private HttpResponse<String> get(URI uri) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Test
  void everyReferenceLeadsToWhatItNames() throws Exception {
    Set<String> fetched = new HashSet<>();
    Deque<URI> next = new ArrayDeque<>();
    next.add(uri("/v1/asyncapi.yaml"));
    while (!next.isEmpty()) {
      URI document = next.remove();
      if (!fetched.add(document.getPath())) {
        continue;
      }
      HttpResponse<String> response = get(document);
      assertThat(response.statusCode()).as(document.getPath()).isEqualTo(200);
      for (MatchResult found : REFERENCE.matcher(response.body()).results().toList()) {
        URI target = document.resolve(found.group(1));
        assertThat(target.getHost()).as(found.group(1)).isEqualTo("127.0.0.1");
        if (target.getPath().endsWith(".json")) {
          next.add(uri(target.getPath()));
          assertPlace(target);
        }
      }
    }
    assertThat(fetched)
        .contains("/v1/common.json", "/v1/frame/request/send.json", "/v1/event/presence.v1.json")
        .hasSizeGreaterThan(30);
  }

  private void assertPlace(URI target) throws Exception {
    if (target.getFragment() != null) {
      String body = get(uri(target.getPath())).body();
      assertThat(JSON.readTree(body).at(JsonPointer.compile(target.getFragment())).isMissingNode())
          .as(target.toString())
          .isFalse();
    }
  }

  @Test
  void nothingElseOfTheClassPathIsServed() throws Exception {
    for (String path :
        new String[] {
          "/v1/Names.class",
          "/v1/frame/Request.class",
          "/v1/nothing.json",
          "/v1/frame/nothing.json",
          "/v1/../records/x.json",
          "/v1/%2e%2e/x.json",
          "/v1/frame/..%2fcommon.json",
          "/v1/event//common.json"
        }) {
      assertThat(get(uri(path)).statusCode()).as(path).isEqualTo(404);
    }
  }
}
