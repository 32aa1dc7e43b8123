package im.linnet.edge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.auth.TokenIssuer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesIT {
  private static final Pattern REFERENCE =
      Pattern.compile("\"?\\$ref\"?: *[\"']?([^\"'\\s]+)[\"']?");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vertx vertx = Vertx.vertx();
  private final Readiness readiness = new Readiness();
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void start() throws Exception {
    TokenIssuer issuer =
        new TokenIssuer(
            new SigningSecret(new byte[SigningSecret.LEAST_BYTES]),
            ExpectedClaims.ANY,
            Duration.ofHours(1),
            Clock.systemUTC());
    Pages pages = new Pages(readiness, () -> "", issuer);
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

  private HttpResponse<String> ask(String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/index.html",
        "/js/chat.js",
        "/icon.svg",
        "/v1/asyncapi.yaml",
        "/v1/common.json",
        "/health/live",
        "/health/ready",
        "/metrics"
      })
  void headSaysWhatGetWouldAndOtherMethodsAreToldWhatThereIs(String path) throws Exception {
    HttpResponse<String> got = ask("GET", path);
    HttpResponse<String> head = ask("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(got.statusCode());
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().map().keySet()).isEqualTo(got.headers().map().keySet());
    assertThat(header(got, "Content-Length"))
        .isEqualTo(Integer.toString(got.body().getBytes(StandardCharsets.UTF_8).length));
    if (!path.equals("/metrics")) {
      assertThat(head.headers().map()).isEqualTo(got.headers().map());
    }

    HttpResponse<String> options = ask("OPTIONS", path);
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(header(options, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
    for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "FOO"}) {
      HttpResponse<String> refused = ask(method, path);
      assertThat(refused.statusCode()).as(method).isEqualTo(405);
      assertThat(header(refused, "Allow")).as(method).isEqualTo("GET, HEAD, OPTIONS");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/js/chat.js", "/v1/asyncapi.yaml", "/health/live", "/nothing"})
  void everyAnswerLimitsWhatAPageMayReachToThisServer(String path) throws Exception {
    assertThat(header(ask("GET", path), "Content-Security-Policy").split("; "))
        .containsExactlyInAnyOrder(
            "default-src 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");
  }

  /** A check that has not run yet fails. */
  @Test
  void lifeSessionsAndReadsAreThreeQuestions() throws Exception {
    readiness.add("store", Readiness.Scope.READS, Optional::empty);
    assertThat(ask("GET", "/health/live").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/health/ready").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/health/reads").statusCode()).isEqualTo(503);
    readiness.add("kafka", Readiness.Scope.SESSIONS, Optional::empty);
    assertThat(ask("GET", "/health/live").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/health/ready").statusCode()).isEqualTo(503);
    readiness.start();
    assertThat(ask("GET", "/health/ready").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/health/reads").statusCode()).isEqualTo(200);
  }

  @Test
  void tokensAreAskedForByPostAlone() throws Exception {
    for (String method : new String[] {"GET", "HEAD", "PUT", "DELETE"}) {
      HttpResponse<String> refused = ask(method, "/v1/token");
      assertThat(refused.statusCode()).as(method).isEqualTo(405);
      assertThat(header(refused, "Allow")).as(method).isEqualTo("POST, OPTIONS");
    }
    assertThat(ask("OPTIONS", "/v1/token").statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "OPTIONS", "DELETE"})
  void nothingIsNotFoundByAnyMethod(String method) throws Exception {
    assertThat(ask(method, "/nothing").statusCode()).isEqualTo(404);
    assertThat(ask(method, "/js/nothing.js").statusCode()).isEqualTo(404);
    assertThat(ask(method, "/v1/nothing.json").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/js/chat.js", "/v1/asyncapi.yaml", "/v1/common.json"})
  void aFileThatTheBrowserHasIsNotSentAgain(String path) throws Exception {
    HttpResponse<String> got = ask("GET", path);
    String tag = header(got, "ETag");
    assertThat(tag).matches("\"[0-9a-f]{32}\"");
    assertThat(header(got, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(got, "Vary")).isEqualTo("Accept-Encoding");
    for (String known : new String[] {tag, "W/" + tag, "\"x\", " + tag, "*"}) {
      for (String method : new String[] {"GET", "HEAD"}) {
        HttpResponse<String> again = ask(method, path, "If-None-Match", known);
        assertThat(again.statusCode()).as(known).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(tag);
      }
    }
    assertThat(ask("GET", path, "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/style.css", "/v1/asyncapi.yaml"})
  void aFileIsPackedForThoseWhoTakeIt(String path) throws Exception {
    HttpResponse<String> plain = ask("GET", path);
    HttpRequest asks =
        HttpRequest.newBuilder(uri(path)).header("Accept-Encoding", "br, gzip;q=0.5").build();
    HttpResponse<byte[]> packed = client.send(asks, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(packed, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(header(packed, "ETag")).isNotEqualTo(header(plain, "ETag"));
    assertThat(packed.body()).hasSizeLessThan(plain.body().length());
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(plain.body().getBytes(StandardCharsets.UTF_8));
    for (String declined : new String[] {"identity", "gzip;q=0", "*;q=0, br"}) {
      HttpResponse<String> got = ask("GET", path, "Accept-Encoding", declined);
      assertThat(header(got, "Content-Encoding")).as(declined).isEmpty();
      assertThat(got.body()).isEqualTo(plain.body());
    }
    HttpResponse<String> known =
        ask("GET", path, "Accept-Encoding", "gzip", "If-None-Match", header(packed, "ETag"));
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(header(known, "Content-Encoding")).isEmpty();
  }
}
