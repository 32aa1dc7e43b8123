package im.linnet.edge;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Publishes a key set on loopback, or fails to. */
final class KeyServer implements AutoCloseable {
  private enum Mood {
    WELL,
    FAILING,
    STALLED
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile String keys = "{\"keys\":[]}";
  private volatile Mood mood = Mood.WELL;

  KeyServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/keys", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
  }

  /** Answers with the public parts of these keys from now on. */
  void publish(JWK... published) {
    publishText(new JWKSet(List.of(published)).toString(true));
  }

  /** Answers with that text from now on. */
  void publishText(String text) {
    keys = text;
    mood = Mood.WELL;
  }

  /** Answers with 503 from now on. */
  void fail() {
    mood = Mood.FAILING;
  }

  /** Begins answers and does not end them, from now on. */
  void stall() {
    mood = Mood.STALLED;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = keys.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      switch (mood) {
        case WELL -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        }
        case FAILING -> exchange.sendResponseHeaders(503, -1);
        case STALLED -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body, 0, 1);
          exchange.getResponseBody().flush();
          closing.await();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
