package im.linnet.edge.ops;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** HTTP answers that are made anew each time. */
final class Answers {
  private Answers() {}

  static void json(RoutingContext context, int status, byte[] json) {
    send(context, status, "application/json", Buffer.buffer(json));
  }

  static void send(RoutingContext context, int status, String type, Buffer body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", type)
        .putHeader("Cache-Control", "no-store")
        .end(body);
  }
}
