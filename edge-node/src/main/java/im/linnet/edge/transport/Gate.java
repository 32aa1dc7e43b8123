package im.linnet.edge.transport;

import im.linnet.edge.EdgeConfig;
import im.linnet.edge.ops.EdgeMetrics;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Both listeners on one event loop; the loops of an edge share its ports. */
final class Gate extends VerticleBase {
  private static final String BEARER = "Bearer ";

  private final GateParts parts;
  private final Acceptor acceptor;
  private final Ports ports;
  private @Nullable NetServer tcp;
  private @Nullable HttpServer http;

  /**
   * What all loops share.
   *
   * @param config where to listen
   * @param frameLimit bytes of one frame
   * @param sweepMillis how often each loop looks for what is overdue
   * @param pages answers HTTP requests that are no WebSocket
   * @param admission the bound of connections
   * @param metrics counters
   */
  record GateParts(
      EdgeConfig.Listeners config,
      int frameLimit,
      long sweepMillis,
      Function<Vertx, Handler<HttpServerRequest>> pages,
      Admission admission,
      EdgeMetrics metrics) {}

  Gate(GateParts parts, Acceptor acceptor, Ports ports) {
    this.parts = parts;
    this.acceptor = acceptor;
    this.ports = ports;
  }

  @Override
  public Future<?> start() {
    EdgeConfig.Listeners config = parts.config();
    Handler<HttpServerRequest> pages = parts.pages().apply(vertx);
    NetServer tcpServer =
        vertx.createNetServer(ServerOptions.tcp(config)).connectHandler(this::connected);
    HttpServer httpServer =
        vertx
            .createHttpServer(ServerOptions.http(config))
            .requestHandler(request -> requested(request, pages));
    tcp = tcpServer;
    http = httpServer;
    vertx.setPeriodic(parts.sweepMillis(), id -> acceptor.sweep());
    return tcpServer
        .listen(ports.tcpWanted(), config.host())
        .onSuccess(server -> ports.boundTcp(server.actualPort()))
        .compose(server -> httpServer.listen(ports.httpWanted(), config.host()))
        .onSuccess(server -> ports.boundHttp(server.actualPort()));
  }

  @Override
  public Future<?> stop() {
    Future<Void> tcpClosed = tcp == null ? Future.succeededFuture() : tcp.close();
    Future<Void> httpClosed = http == null ? Future.succeededFuture() : http.close();
    return Future.join(tcpClosed, httpClosed);
  }

  /** Sends every client of this loop away. Any thread. */
  void drain() {
    context.runOnContext(ignored -> acceptor.drain());
  }

  private void connected(NetSocket socket) {
    TcpConnection connection =
        new TcpConnection(
            socket,
            context,
            parts.frameLimit(),
            parts.config().closeWait().toMillis(),
            parts.metrics());
    socket.closeHandler(
        ignored -> {
          parts.admission().leave();
          connection.ended();
        });
    connection.open(admit(connection));
  }

  private Inbound admit(Connection connection) {
    if (parts.admission().enter()) {
      return acceptor.accept(connection);
    }
    parts.metrics().connectionRefused();
    return acceptor.refuse(connection);
  }

  private void requested(HttpServerRequest request, Handler<HttpServerRequest> pages) {
    if (!request.path().equals("/v1/ws")) {
      pages.handle(request);
      return;
    }
    if (!request.canUpgradeToWebSocket()) {
      request.response().setStatusCode(426).putHeader("Upgrade", "websocket").end();
      return;
    }
    String bearer = bearer(request.getHeader(HttpHeaders.AUTHORIZATION));
    HttpConnection under = request.connection();
    var unused = request.toWebSocket().onSuccess(socket -> upgraded(socket, under, bearer));
  }

  private static @Nullable String bearer(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).trim()
        : null;
  }

  private void upgraded(ServerWebSocket socket, HttpConnection under, @Nullable String bearer) {
    WebSocketConnection connection =
        new WebSocketConnection(socket, context, bearer, parts.frameLimit(), parts.metrics());
    socket.closeHandler(
        ignored -> {
          parts.admission().leave();
          connection.ended();
        });
    connection.open(admit(connection));
    if (under instanceof HttpServerConnection internal) {
      fit(internal.channelHandlerContext().channel().pipeline());
    }
  }

  /** Makes a pipeline of HTTP that switched to WebSocket one of a session. */
  static void fit(ChannelPipeline pipeline) {
    // Sessions have heartbeats, and reasons to be silent for longer than HTTP may be.
    if (pipeline.get(IdleStateHandler.class) != null) {
      pipeline.remove(IdleStateHandler.class);
    }
    ChannelHandlerContext decoder = pipeline.context(WebSocketFrameDecoder.class);
    if (decoder != null) {
      pipeline.addBefore(decoder.name(), "linnet-cutter", new FrameCutter());
    }
  }
}
