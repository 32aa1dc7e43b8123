package im.linnet.edge.ops;

import im.linnet.schemas.frame.Frames;
import im.linnet.schemas.frame.ReplyCode;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The treatment of requests that all HTTP servers share, for any pages. */
final class Site {
  /** The methods of a page that is only read, without OPTIONS. */
  static final String READ = "GET, HEAD";

  /** The most bytes of a request's body. */
  static final long MOST_BODY_BYTES = 4 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(Site.class);
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;
  private static final int INTERNAL = 500;

  /** A good path: a slash first, and each percent sign before two hexadecimal digits. */
  private static final Pattern PATH = Pattern.compile("/(?:[^%]|%[0-9A-Fa-f]{2})*+");

  /**
   * The servers that a page may load from and connect to: only this one. For browsers 'self'
   * includes the WebSocket of the same host and port. For Safari this holds since version 16; the
   * page needs that version for other reasons too. A bare ws: or wss: would let a page connect to
   * any host.
   */
  private static final String POLICY =
      "default-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private Site() {}

  /** A router without pages, for one event loop. */
  static Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(Site::protect).failureHandler(Site::failed);
    router.errorHandler(BAD_REQUEST, Site::failed);
    router.errorHandler(NOT_FOUND, context -> HttpAnswers.text(context, NOT_FOUND, "not found"));
    return router;
  }

  /** Adds a read-only page to a router. */
  static void get(Router router, String path, Handler<RoutingContext> handler) {
    router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    router.route(path).handler(context -> HttpAnswers.otherMethod(context, READ));
  }

  /** The handler of a router that has all its pages. */
  static Handler<HttpServerRequest> of(Router router) {
    return request -> dispatch(request, router);
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
   * Ends a request that cannot be answered as asked. A client's own fault does not go to the
   * operator's log: every client can cause it at will.
   */
  private static void failed(RoutingContext context) {
    Throwable failure = context.failure();
    int status = failure instanceof DecoderException ? BAD_REQUEST : context.statusCode();
    // A client that leaves while its body is read fails with the status of no failure.
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
}
