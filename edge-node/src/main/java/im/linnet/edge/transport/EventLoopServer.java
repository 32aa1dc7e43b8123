package im.linnet.edge.transport;

import im.linnet.edge.config.ListenerSettings;
import im.linnet.edge.ops.EdgeMetrics;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.VertxHandler;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Both listeners on one event loop; the loops of an edge share its ports. */
final class EventLoopServer extends VerticleBase {
  private static final String BEARER = "Bearer ";
  private static final String RETRY_AFTER_SECONDS = "5";

  private final Parts parts;
  private final Acceptor acceptor;
  private final BoundPorts ports;
  private @Nullable NetServer tcp;
  private @Nullable HttpServer http;

  /**
   * The parts that all loops share.
   *
   * @param config the addresses of the listeners
   * @param frameLimit the most bytes of one frame
   * @param sweepMillis the pause between two sweeps of a loop for overdue waits
   * @param pages answers HTTP requests other than WebSockets
   * @param admission the bound of connections
   * @param metrics counters
   */
  record Parts(
      ListenerSettings config,
      int frameLimit,
      long sweepMillis,
      Function<Vertx, Handler<HttpServerRequest>> pages,
      SocketAdmission admission,
      EdgeMetrics metrics) {}

  EventLoopServer(Parts parts, Acceptor acceptor, BoundPorts ports) {
    this.parts = parts;
    this.acceptor = acceptor;
    this.ports = ports;
  }

  @Override
  public Future<?> start() {
    ListenerSettings config = parts.config();
    Handler<HttpServerRequest> pages = parts.pages().apply(vertx);
    NetServer tcpServer =
        vertx.createNetServer(ServerOptions.tcp(config)).connectHandler(this::connected);
    HttpServer httpServer =
        vertx
            .createHttpServer(ServerOptions.http(config))
            .connectionHandler(this::opened)
            .requestHandler(request -> requested(request, pages));
    tcp = tcpServer;
    http = httpServer;
    vertx.setPeriodic(parts.sweepMillis(), id -> acceptor.sweep());
    LoopDelay delay = new LoopDelay(parts.metrics()::loopLate);
    vertx.setPeriodic(LoopDelay.PERIOD_MILLIS, id -> delay.ran(System.nanoTime()));
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

  private void connected(NetSocket client) {
    if (!(client instanceof NetSocketInternal internal)) {
      throw new IllegalStateException("a session over " + client.getClass());
    }
    LoopSocket socket = LoopSocket.of(internal, (ContextInternal) context);
    TcpConnection connection =
        new TcpConnection(
            socket,
            context,
            parts.frameLimit(),
            parts.config().closeWait().toMillis(),
            parts.metrics());
    boolean spare = SocketAdmission.isSpare(socket.channel());
    socket.closeHandler(ignored -> ended(connection));
    connection.open(enter(connection, spare));
  }

  private Inbound enter(ClientConnection connection, boolean spare) {
    parts.admission().sessionBegan();
    return spare ? acceptor.refuse(connection) : acceptor.accept(connection);
  }

  private void ended(SocketConnection connection) {
    parts.admission().sessionEnded();
    connection.ended();
  }

  /** Takes an HTTP client that has connected, before its first byte. */
  private void opened(HttpConnection connection) {
    if (connection instanceof HttpServerConnection internal) {
      RequestClock.start(
          internal.channelHandlerContext().channel().pipeline(),
          parts.config().requestTime(),
          parts.config().idleTime());
    }
  }

  private void requested(HttpServerRequest request, Handler<HttpServerRequest> pages) {
    boolean spare =
        request.connection() instanceof HttpServerConnection internal
            && SocketAdmission.isSpare(internal.channelHandlerContext().channel());
    if ("/v1/ws".equals(request.path())) {
      upgrade(request, spare);
    } else if (spare) {
      answerSpare(request, pages);
    } else {
      pages.handle(request);
    }
  }

  /**
   * Above the bound, requests of operators are still answered; all other clients are told to come
   * back.
   */
  private static void answerSpare(HttpServerRequest request, Handler<HttpServerRequest> pages) {
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    response.endHandler(ignored -> request.connection().close());
    String path = request.path();
    if (path != null && (path.startsWith("/health/") || path.equals("/metrics"))) {
      pages.handle(request);
    } else {
      response.setStatusCode(503).putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).end();
    }
  }

  private void upgrade(HttpServerRequest request, boolean spare) {
    HttpServerResponse response = request.response();
    if (!request.method().equals(HttpMethod.GET)) {
      response.putHeader("Allow", "GET, OPTIONS");
      response.setStatusCode(request.method().equals(HttpMethod.OPTIONS) ? 204 : 405).end();
      return;
    }
    if (!request.canUpgradeToWebSocket()) {
      response.setStatusCode(426).putHeader("Upgrade", "websocket").end();
      return;
    }
    String bearer = bearer(request.getHeader(HttpHeaders.AUTHORIZATION));
    HttpConnection under = request.connection();
    var unused = request.toWebSocket().onSuccess(socket -> upgraded(socket, under, bearer, spare));
  }

  private static @Nullable String bearer(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).trim()
        : null;
  }

  private void upgraded(
      ServerWebSocket socket, HttpConnection under, @Nullable String bearer, boolean spare) {
    if (!(under instanceof HttpServerConnection internal)) {
      throw new IllegalStateException("a WebSocket over " + under.getClass());
    }
    ChannelPipeline pipeline = internal.channelHandlerContext().channel().pipeline();
    WebSocketConnection connection =
        new WebSocketConnection(
            socket,
            pipeline.get(VertxHandler.class).getConnection(),
            context,
            bearer,
            parts.frameLimit(),
            parts.metrics());
    socket.closeHandler(ignored -> ended(connection));
    fit(pipeline, new Breach(connection));
    connection.open(enter(connection, spare));
  }

  /** Fits the pipeline of an HTTP socket that switched to WebSocket to a session. */
  static void fit(ChannelPipeline pipeline, ChannelHandler breach) {
    // Sessions have heartbeats, and may be silent for longer than HTTP sockets.
    RequestClock.stop(pipeline);
    ChannelHandlerContext decoder = pipeline.context(WebSocketFrameDecoder.class);
    pipeline.addBefore(decoder.name(), "linnet-cutter", new FrameCutter());
    pipeline.addAfter(decoder.name(), "linnet-breach", breach);
  }
}
