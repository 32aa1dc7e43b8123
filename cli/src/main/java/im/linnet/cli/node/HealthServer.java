package im.linnet.cli.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import im.linnet.cli.config.Addresses;
import im.linnet.cli.config.HttpAddress;
import im.linnet.schemas.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /health/live}, {@code /health/ready} and {@code /metrics} of a process without an edge, in
 * the shapes that an edge's have. Answers on threads of its own, one for each request; a client
 * that sends or takes too slowly is cut.
 */
final class HealthServer implements AutoCloseable {
  private static final int BACKLOG = 50;
  private static final int NO_BODY = -1;
  private static final String ALLOWED = "GET, HEAD, OPTIONS";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  // The JDK's server reads these once, at its first use.
  private static final Map<String, String> BOUNDS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.maxRspTime", "10",
          "jdk.httpserver.maxConnections", "200");

  /** As an edge says it. */
  private static final byte[] ALIVE = "{\"alive\":true}".getBytes(StandardCharsets.US_ASCII);

  private final HttpAddress address;
  private final String name;
  private final Supplier<Optional<String>> trouble;
  private final Supplier<String> metrics;
  private @Nullable HttpServer server;
  private @Nullable ExecutorService threads;

  /**
   * Opens nothing yet.
   *
   * @param name what the one check of {@code /health/ready} is called
   * @param trouble why the process is not ready, empty where it is
   * @param metrics in Prometheus' text format
   */
  HealthServer(
      HttpAddress address,
      String name,
      Supplier<Optional<String>> trouble,
      Supplier<String> metrics) {
    this.address = address;
    this.name = name;
    this.trouble = trouble;
    this.metrics = metrics;
  }

  void start() {
    BOUNDS.forEach((key, value) -> System.getProperties().putIfAbsent(key, value));
    HttpServer http;
    try {
      http = HttpServer.create(new InetSocketAddress(address.host(), address.port()), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen on " + Addresses.of(address.host(), address.port()), e);
    }
    ExecutorService pool =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("linnet-health-", 0).factory());
    http.setExecutor(pool);
    serve(http, "/health/live", exchange -> answer(exchange, 200, JSON, ALIVE));
    serve(http, "/health/ready", this::ready);
    serve(http, "/metrics", this::scrape);
    http.start();
    server = http;
    threads = pool;
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
    if (threads != null) {
      threads.shutdownNow();
    }
  }

  private void scrape(HttpExchange exchange) throws IOException {
    answer(exchange, 200, PROMETHEUS, metrics.get().getBytes(StandardCharsets.UTF_8));
  }

  private void ready(HttpExchange exchange) throws IOException {
    Optional<String> why = trouble.get();
    answer(exchange, why.isEmpty() ? 200 : 503, JSON, report(why));
  }

  private byte[] report(Optional<String> why) {
    return JsonBytes.object(
        json -> {
          json.writeBooleanField("ready", why.isEmpty());
          json.writeObjectFieldStart("checks");
          json.writeObjectFieldStart(name);
          json.writeBooleanField("ok", why.isEmpty());
          if (why.isPresent()) {
            json.writeStringField("reason", why.get());
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  /** One path, not all that begin so, by GET and HEAD. */
  private static void serve(HttpServer http, String path, HttpHandler handler) {
    http.createContext(
        path,
        exchange -> {
          if (!exchange.getRequestURI().getPath().equals(path)) {
            answer(exchange, 404, TEXT, "not found\n".getBytes(StandardCharsets.US_ASCII));
            return;
          }
          switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" -> handler.handle(exchange);
            case "OPTIONS" -> {
              exchange.getResponseHeaders().set("Allow", ALLOWED);
              exchange.sendResponseHeaders(204, NO_BODY);
              exchange.close();
            }
            default -> {
              exchange.getResponseHeaders().set("Allow", ALLOWED);
              byte[] line =
                  ("this path takes " + ALLOWED + "\n").getBytes(StandardCharsets.US_ASCII);
              answer(exchange, 405, TEXT, line);
            }
          }
        });
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, NO_BODY);
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
