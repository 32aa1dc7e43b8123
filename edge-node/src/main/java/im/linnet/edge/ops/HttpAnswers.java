package im.linnet.edge.ops;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** HTTP answers that are built anew each time. */
final class HttpAnswers {
  private static final int NO_CONTENT = 204;
  private static final int METHOD_NOT_ALLOWED = 405;

  private HttpAnswers() {}

  static void json(RoutingContext context, int status, byte[] json) {
    json(context, status, Buffer.buffer(json));
  }

  static void json(RoutingContext context, int status, Buffer json) {
    send(context, status, "application/json", json);
  }

  /** An answer for people: one line. */
  static void text(RoutingContext context, int status, String line) {
    send(context, status, "text/plain; charset=utf-8", Buffer.buffer(line + "\n"));
  }

  /** Sends an answer. A HEAD gets the body's length without the body. */
  static void send(RoutingContext context, int status, String type, Buffer body) {
    HttpServerResponse response =
        context
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", type)
            .putHeader("Content-Length", Integer.toString(body.length()))
            .putHeader("Cache-Control", "no-store");
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
  }

  /**
   * Answers a method that a path does not have: an OPTIONS gets the list of methods, all others are
   * refused.
   *
   * @param allowed the methods, without OPTIONS
   */
  static void otherMethod(RoutingContext context, String allowed) {
    String all = allowed + ", OPTIONS";
    context.response().putHeader("Allow", all);
    if (context.request().method().equals(HttpMethod.OPTIONS)) {
      context.response().setStatusCode(NO_CONTENT).end();
    } else {
      text(context, METHOD_NOT_ALLOWED, "this path takes " + all);
    }
  }
}
