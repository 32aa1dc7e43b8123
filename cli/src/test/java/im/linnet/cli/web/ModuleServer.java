package im.linnet.cli.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Serves the page's modules under {@code /js/}, its other files under {@code /page/} and the tests
 * under {@code /tests/}, on loopback.
 */
final class ModuleServer implements AutoCloseable {
  private static final byte[] BLANK = {};

  private final HttpServer server;

  ModuleServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> answer(exchange, 200, "text/html", BLANK));
    serve("/js/", "/web/js/");
    serve("/page/", "/web/");
    serve("/tests/", "/im/linnet/cli/web/");
    server.start();
  }

  /** The address of an empty page. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(String path, String folder) {
    server.createContext(
        path,
        exchange -> {
          String name = exchange.getRequestURI().getPath().substring(path.length());
          try (InputStream file = ModuleServer.class.getResourceAsStream(folder + name)) {
            if (file == null) {
              answer(exchange, 404, "text/plain", BLANK);
            } else {
              answer(exchange, 200, "text/javascript", file.readAllBytes());
            }
          }
        });
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
