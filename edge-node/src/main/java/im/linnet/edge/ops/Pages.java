package im.linnet.edge.ops;

import im.linnet.edge.auth.TokenIssuer;
import im.linnet.schemas.frame.Frames;
import im.linnet.schemas.frame.ReplyCode;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the HTTP listener serves beside WebSockets; one router per event loop. */
public final class Pages implements Function<Vertx, Handler<HttpServerRequest>> {
  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
  private static final long MOST_BODY_BYTES = 4 << 10;
  private static final byte[] ALIVE = "{\"alive\":true}".getBytes(StandardCharsets.US_ASCII);
  private static final String READ = "GET, HEAD";
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;
  private static final int INTERNAL = 500;

  /** What a path may be: a slash, and no escape that is cut short or is none. */
  private static final Pattern PATH = Pattern.compile("/(?:[^%]|%[0-9A-Fa-f]{2})*+");

  /**
   * What a page may load and reach: this server alone. For browsers 'self' includes the WebSocket
   * of the same host and port; for Safari since 16, which the page needs for other reasons too. A
   * bare ws: or wss: would let a page reach any host.
   */
  private static final String POLICY =
      "default-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private final Readiness readiness;
  private final Supplier<String> metrics;
  private final @Nullable TokenIssuer issuer;
  private final StoredFiles web = new StoredFiles("/web/");
  private final StoredFiles contract = ContractPages.files();

  /**
   * @param metrics all meters in Prometheus' text format; asked on a worker
   * @param issuer signs tokens for this machine's own users; null where none are given
   */
  public Pages(Readiness readiness, Supplier<String> metrics, @Nullable TokenIssuer issuer) {
    this.readiness = readiness;
    this.metrics = metrics;
    this.issuer = issuer;
  }

  @Override
  public Handler<HttpServerRequest> apply(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(Pages::protect).failureHandler(Pages::failed);
    router.errorHandler(BAD_REQUEST, Pages::failed);
    router.errorHandler(NOT_FOUND, context -> HttpAnswers.text(context, NOT_FOUND, "not found"));
    get(router, "/health/live", context -> HttpAnswers.json(context, 200, ALIVE));
    get(router, "/health/ready", context -> health(context, Readiness.Scope.SESSIONS));
    get(router, "/health/reads", context -> health(context, Readiness.Scope.READS));
    get(router, "/metrics", context -> scrape(vertx, context));
    ContractPages.mount(vertx, router, contract);
    if (issuer != null) {
      router
          .post("/v1/token")
          .handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES))
          .handler(new TokenPage(issuer, SocketOwner.ofMachine(), SocketOwner.ownUser()));
    } else {
      router.post("/v1/token").handler(TokenPage::refuse);
    }
    router.route("/v1/token").handler(context -> HttpAnswers.otherMethod(context, "POST"));
    router.route("/").handler(context -> serve(vertx, context, web, "index.html"));
    router
        .route()
        .handler(context -> serve(vertx, context, web, context.normalizedPath().substring(1)));
    return request -> dispatch(request, router);
  }

  private static void get(Router router, String path, Handler<RoutingContext> handler) {
    router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    router.route(path).handler(context -> HttpAnswers.otherMethod(context, READ));
  }

  /** Serves a file; what names no file is left to who comes next. */
  static void serve(Vertx vertx, RoutingContext context, StoredFiles files, String name) {
    files
        .find(vertx, name)
        .onSuccess(
            found -> {
              HttpMethod method = context.request().method();
              if (found.isEmpty()) {
                context.next();
              } else if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
                found.get().answer(context.request());
              } else {
                HttpAnswers.otherMethod(context, READ);
              }
            })
        .onFailure(context::fail);
  }

  private static void dispatch(HttpServerRequest request, Router router) {
    String path = request.path();
    if (path != null && PATH.matcher(path).matches()) {
      router.handle(request);
    } else if ("*".equals(path) && request.method().equals(HttpMethod.OPTIONS)) {
      request.response().putHeader("Allow", READ + ", POST, OPTIONS").setStatusCode(204).end();
    } else {
      request.response().setStatusCode(BAD_REQUEST).end();
    }
  }

  private static void protect(RoutingContext context) {
    MultiMap headers = context.response().headers();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-Frame-Options", "DENY");
    context.next();
  }

  /**
   * Ends a request that cannot be answered as asked. A client's own fault is nothing for the
   * operator's log: anybody can cause it, as often as they like.
   */
  private static void failed(RoutingContext context) {
    Throwable failure = context.failure();
    int status = failure instanceof DecoderException ? BAD_REQUEST : context.statusCode();
    // What goes away while its body is read fails with a status that is none of a failure.
    boolean broken = status > 0 && status < BAD_REQUEST;
    if (broken || context.response().ended() || context.response().closed()) {
      LOG.debug("a request ended before its answer", failure);
      context.request().connection().close();
    } else if (status == TOO_LARGE) {
      HttpAnswers.json(
          context,
          TOO_LARGE,
          Frames.error(
              null, ReplyCode.TOO_LARGE, "the body has over " + MOST_BODY_BYTES + " bytes"));
    } else if (status >= BAD_REQUEST && status < INTERNAL) {
      LOG.debug("a request that cannot be read", failure);
      HttpAnswers.text(context, status, "the request cannot be read");
    } else {
      LOG.error("{} {} failed", context.request().method(), context.request().path(), failure);
      HttpAnswers.text(context, INTERNAL, "the server failed to answer");
    }
  }

  private void health(RoutingContext context, Readiness.Scope scope) {
    int status = readiness.check(scope).isEmpty() ? 200 : 503;
    HttpAnswers.json(context, status, readiness.toJson());
  }

  private void scrape(Vertx vertx, RoutingContext context) {
    vertx
        .executeBlocking(metrics::get)
        .onSuccess(
            text ->
                HttpAnswers.send(
                    context, 200, "text/plain; version=0.0.4; charset=utf-8", Buffer.buffer(text)))
        .onFailure(context::fail);
  }
}
