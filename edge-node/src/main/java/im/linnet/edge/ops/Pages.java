package im.linnet.edge.ops;

import im.linnet.edge.auth.TokenIssuer;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pages of the HTTP listener, one router per event loop. */
public final class Pages implements Function<Vertx, Handler<HttpServerRequest>> {
  private final Readiness readiness;
  private final HealthPages health;
  private final @Nullable TokenIssuer issuer;
  private final StoredFiles web = new StoredFiles("/web/");
  private final StoredFiles contract = ContractPages.files();

  /**
   * @param metrics all meters in Prometheus' text format; asked on a worker
   * @param issuer signs tokens for this machine's own users; null if this server gives no tokens
   */
  public Pages(Readiness readiness, Supplier<String> metrics, @Nullable TokenIssuer issuer) {
    this.readiness = readiness;
    this.health = new HealthPages(vertx -> readiness.state(Readiness.Scope.SESSIONS), metrics);
    this.issuer = issuer;
  }

  @Override
  public Handler<HttpServerRequest> apply(Vertx vertx) {
    Router router = Site.router(vertx);
    health.mount(vertx, router);
    HealthPages.mount(
        vertx, router, "/health/reads", each -> readiness.state(Readiness.Scope.READS));
    ContractPages.mount(vertx, router, contract);
    if (issuer != null) {
      router
          .post("/v1/token")
          .handler(BodyHandler.create(false).setBodyLimit(Site.MOST_BODY_BYTES))
          .handler(new TokenPage(issuer, SocketOwner.ofMachine(), SocketOwner.ownUser()));
    } else {
      router.post("/v1/token").handler(TokenPage::refuse);
    }
    router.route("/v1/token").handler(context -> HttpAnswers.otherMethod(context, "POST"));
    router.route("/").handler(context -> serve(vertx, context, web, "index.html"));
    router
        .route()
        .handler(context -> serve(vertx, context, web, context.normalizedPath().substring(1)));
    return Site.of(router);
  }

  /** Serves a file. A name without a file is left to the next handler. */
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
                HttpAnswers.otherMethod(context, Site.READ);
              }
            })
        .onFailure(context::fail);
  }
}
