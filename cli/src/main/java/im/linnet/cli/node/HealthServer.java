package im.linnet.cli.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /health/live}, {@code /health/ready} and {@code /metrics} of a process without an edge.
 * Answers on two threads of its own.
 */
final class HealthServer implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final HttpAddress address;
  private final Supplier<Optional<String>> trouble;
  private final Supplier<String> metrics;
  private @Nullable HttpServer server;
  private @Nullable ExecutorService threads;

  /**
   * Opens nothing yet.
   *
   * @param trouble why the process is not ready, empty where it is
   * @param metrics in Prometheus' text format
   */
  HealthServer(HttpAddress address, Supplier<Optional<String>> trouble, Supplier<String> metrics) {
    this.address = address;
    this.trouble = trouble;
    this.metrics = metrics;
  }

  void start() {
    HttpServer http;
    try {
      http = HttpServer.create(new InetSocketAddress(address.host(), address.port()), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen on " + address.host() + ":" + address.port(), e);
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(2, Thread.ofPlatform().name("linnet-health-", 0).factory());
    http.setExecutor(pool);
    http.createContext("/health/live", exchange -> answer(exchange, 200, "live\n"));
    http.createContext("/health/ready", this::ready);
    http.createContext("/metrics", exchange -> answer(exchange, 200, metrics.get()));
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

  private void ready(HttpExchange exchange) throws IOException {
    Optional<String> why = trouble.get();
    answer(exchange, why.isEmpty() ? 200 : 503, why.orElse("ready") + "\n");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
