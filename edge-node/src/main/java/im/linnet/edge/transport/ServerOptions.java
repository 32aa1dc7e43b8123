package im.linnet.edge.transport;

import im.linnet.edge.config.ListenerSettings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Vert.x options of the two listeners. */
final class ServerOptions {
  private static final int BACKLOG = 8192;
  private static final int MOST_HEADER_BYTES = 16 << 10;

  /**
   * The largest WebSocket frame. Frames from clients are cut into smaller fragments before the
   * decoder. Longer messages to clients are sent in fragments.
   */
  static final int FRAME_BYTES = 256 << 10;

  private static final String SUBPROTOCOL = "linnet.v1";

  private ServerOptions() {}

  static NetServerOptions tcp(ListenerSettings config) {
    NetServerOptions options = new NetServerOptions();
    common(options, config);
    return options;
  }

  static HttpServerOptions http(ListenerSettings config) {
    HttpServerOptions options =
        new HttpServerOptions()
            // All answers are written on the event loop. A queue for other threads takes 4.7 KiB of
            // each connection, also of one that has become a WebSocket.
            .setStrictThreadMode(true)
            .setHttp2ClearTextEnabled(false)
            .setMaxHeaderSize(MOST_HEADER_BYTES)
            .setMaxWebSocketFrameSize(FRAME_BYTES)
            .setMaxWebSocketMessageSize(FRAME_BYTES)
            .setWebSocketSubProtocols(List.of(SUBPROTOCOL))
            // Compression keeps windows of 64 KiB and more for each socket.
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setWebSocketClosingTimeout((int) Math.max(1, config.closeWait().toSeconds()));
    common(options, config);
    return options;
  }

  private static void common(NetServerOptions options, ListenerSettings config) {
    options.setTcpNoDelay(true).setTcpKeepAlive(true).setAcceptBacklog(BACKLOG);
    ListenerSettings.Tls tls = config.tls();
    if (tls != null) {
      options
          .setSsl(true)
          .setSslHandshakeTimeout(config.requestTime().toMillis())
          .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .setCertPath(tls.certificate().toString())
                  .setKeyPath(tls.key().toString()));
    }
  }
}
