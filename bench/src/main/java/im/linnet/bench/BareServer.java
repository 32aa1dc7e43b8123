package im.linnet.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Vert.x server that holds sockets and does nothing else: what a session costs before any of
 * ours. A process of its own; prints {@code ready} once it listens.
 */
public final class BareServer {
  private BareServer() {}

  /**
   * Listens until the process is ended.
   *
   * @param arguments the TCP port and the HTTP port on loopback
   */
  public static void main(String[] arguments) throws TimeoutException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    Future.all(
            vertx
                .createNetServer()
                .connectHandler(socket -> socket.handler(buffer -> {}))
                .listen(Integer.parseInt(arguments[0]), "127.0.0.1"),
            vertx
                .createHttpServer()
                .webSocketHandler(socket -> socket.handler(buffer -> {}))
                .listen(Integer.parseInt(arguments[1]), "127.0.0.1"))
        .await(30, TimeUnit.SECONDS);
    System.out.println("ready");
  }
}
