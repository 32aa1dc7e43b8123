package im.linnet.edge.ops;

import im.linnet.schemas.JsonBytes;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The pages {@code /health/live}, {@code /health/ready} and {@code /metrics}, for an edge and for a
 * process without an edge.
 */
public final class HealthPages implements Function<Vertx, Handler<HttpServerRequest>> {
  private static final byte[] ALIVE = "{\"alive\":true}".getBytes(StandardCharsets.US_ASCII);

  private final Function<Vertx, Future<State>> ready;
  private final Supplier<String> metrics;

  /**
   * The state of a process.
   *
   * @param well whether all is well: 200, else 503
   * @param report the checks, as JSON
   */
  record State(boolean well, Buffer report) {}

  /**
   * @param ready whether the process is ready; asked on the event loop
   * @param metrics all meters in Prometheus' text format; asked on a worker
   */
  HealthPages(Function<Vertx, Future<State>> ready, Supplier<String> metrics) {
    this.ready = ready;
    this.metrics = metrics;
  }

  /**
   * The pages of a process with one check.
   *
   * @param name the name of the check
   * @param trouble the reason why the process is not ready, empty if it is; asked on a worker
   * @param metrics all meters in Prometheus' text format; asked on a worker
   */
  public static HealthPages of(
      String name, Supplier<Optional<String>> trouble, Supplier<String> metrics) {
    return new HealthPages(
        vertx -> vertx.executeBlocking(() -> state(name, trouble.get()), false), metrics);
  }

  /** Serves these pages and no others. */
  @Override
  public Handler<HttpServerRequest> apply(Vertx vertx) {
    Router router = Site.router(vertx);
    mount(vertx, router);
    return Site.of(router);
  }

  void mount(Vertx vertx, Router router) {
    Site.get(router, "/health/live", context -> HttpAnswers.json(context, 200, ALIVE));
    mount(vertx, router, "/health/ready", ready);
    Site.get(router, "/metrics", context -> scrape(vertx, context));
  }

  /** Adds a page with the state of a part of the process. */
  static void mount(Vertx vertx, Router router, String path, Function<Vertx, Future<State>> state) {
    Site.get(
        router,
        path,
        context ->
            state
                .apply(vertx)
                .onSuccess(now -> HttpAnswers.json(context, now.well() ? 200 : 503, now.report()))
                .onFailure(context::fail));
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

  private static State state(String name, Optional<String> trouble) {
    byte[] report =
        JsonBytes.object(
            json -> {
              json.writeBooleanField("ready", trouble.isEmpty());
              json.writeObjectFieldStart("checks");
              json.writeObjectFieldStart(name);
              json.writeBooleanField("ok", trouble.isEmpty());
              if (trouble.isPresent()) {
                json.writeStringField("reason", trouble.get());
              }
              json.writeEndObject();
              json.writeEndObject();
            });
    return new State(trouble.isEmpty(), Buffer.buffer(report));
  }
}
