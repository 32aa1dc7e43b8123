package im.linnet.edge.ops;

import im.linnet.edge.auth.TokenIssuer;
import im.linnet.schemas.frame.Frames;
import im.linnet.schemas.frame.ReplyCode;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the HTTP listener serves beside WebSockets; one router per event loop. */
public final class Pages implements Function<Vertx, Handler<HttpServerRequest>> {
  private static final long MOST_BODY_BYTES = 4 << 10;
  private static final long CACHE_SECONDS = 300;
  private static final byte[] ALIVE = "{\"alive\":true}".getBytes(StandardCharsets.US_ASCII);

  private final Readiness readiness;
  private final PrometheusMeterRegistry metrics;
  private final @Nullable TokenIssuer issuer;

  /**
   * Makes them.
   *
   * @param issuer signs tokens for this machine's own users; null where none are given
   */
  public Pages(Readiness readiness, PrometheusMeterRegistry metrics, @Nullable TokenIssuer issuer) {
    this.readiness = readiness;
    this.metrics = metrics;
    this.issuer = issuer;
  }

  @Override
  public Handler<HttpServerRequest> apply(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(Pages::protect);
    router.errorHandler(
        413,
        context ->
            Answers.json(
                context,
                413,
                Frames.error(
                    null, ReplyCode.TOO_LARGE, "the body has over " + MOST_BODY_BYTES + " bytes")));
    router.get("/health/live").handler(context -> Answers.json(context, 200, ALIVE));
    router.get("/health/ready").handler(this::ready);
    router.get("/metrics").handler(context -> scrape(vertx, context));
    ContractPages.mount(vertx, router);
    if (issuer != null) {
      router
          .post("/v1/token")
          .handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES))
          .handler(new TokenPage(issuer, SocketOwner.ofMachine(), SocketOwner.ownUser()));
    } else {
      router.post("/v1/token").handler(TokenPage::refuse);
    }
    router
        .get()
        .handler(
            StaticHandler.create("web")
                .setCachingEnabled(true)
                .setMaxAgeSeconds(CACHE_SECONDS)
                .setDirectoryListing(false)
                .setIncludeHidden(false));
    return router;
  }

  private static void protect(RoutingContext context) {
    MultiMap headers = context.response().headers();
    headers.set("Content-Security-Policy", "default-src 'self'; connect-src 'self' ws: wss:");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-Frame-Options", "DENY");
    context.next();
  }

  private void ready(RoutingContext context) {
    int status = readiness.check().isEmpty() ? 200 : 503;
    Answers.json(context, status, readiness.toJson());
  }

  private void scrape(Vertx vertx, RoutingContext context) {
    vertx
        .executeBlocking(metrics::scrape)
        .onSuccess(
            text ->
                Answers.send(
                    context, 200, "text/plain; version=0.0.4; charset=utf-8", Buffer.buffer(text)))
        .onFailure(context::fail);
  }
}
