package im.linnet.edge.transport;

import im.linnet.edge.ops.HealthPages;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server of a process without clients: its health and metrics, in the form of an edge's
 * pages, and with an edge's bounds of sockets and times. One event loop of its own.
 */
public final class HealthServer implements AutoCloseable {
  private static final int CONNECTIONS = 200;
  private static final Duration TIME = Duration.ofSeconds(10);

  private final String host;
  private final int port;
  private final HealthPages pages;
  private @Nullable Vertx vertx;

  /**
   * @param port the port; 0 takes a free one
   */
  public HealthServer(String host, int port, HealthPages pages) {
    this.host = host;
    this.port = port;
    this.pages = pages;
  }

  /**
   * Opens the port.
   *
   * @throws IllegalStateException if the port cannot be opened
   */
  public void start() {
    Vertx loop = Listeners.eventLoops(1, new SocketAdmission(CONNECTIONS));
    vertx = loop;
    HttpServer server =
        loop.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
            .connectionHandler(HealthServer::opened)
            .requestHandler(pages.apply(loop));
    Listeners.await(server.listen(port, host), "cannot listen on " + host + " port " + port);
  }

  private static void opened(HttpConnection connection) {
    if (connection instanceof HttpServerConnection internal) {
      RequestClock.start(internal.channelHandlerContext().channel().pipeline(), TIME, TIME);
    }
  }

  @Override
  public void close() {
    if (vertx != null) {
      Listeners.await(vertx.close(), "cannot close the health server");
    }
  }
}
