package im.linnet.edge.ops;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;

/**
 * Serves the contract for machines: the AsyncAPI document, and beside it the JSON Schemas that it
 * names, each under its own name, so that every reference leads on. Nothing else of the class path
 * can be asked for: the pattern lets through names of schemas only.
 */
final class ContractPages {
  private static final String DOCUMENT = "asyncapi.yaml";
  private static final String SCHEMAS =
      "/v1/(?<schema>(?:event/|frame/|frame/[a-z]+/)?[a-z0-9]+(?:\\.[a-z0-9]+)*\\.json)";

  private ContractPages() {}

  static void mount(Vertx vertx, Router router) {
    router
        .get("/v1/" + DOCUMENT)
        .handler(context -> serve(vertx, context, DOCUMENT, "application/yaml"));
    router
        .getWithRegex(SCHEMAS)
        .handler(
            context ->
                serve(vertx, context, context.pathParam("schema"), "application/schema+json"));
  }

  private static void serve(Vertx vertx, RoutingContext context, String name, String type) {
    vertx
        .executeBlocking(() -> read(name))
        .onSuccess(
            bytes -> {
              if (bytes.length == 0) {
                context.next();
              } else {
                Answers.send(context, 200, type, Buffer.buffer(bytes));
              }
            })
        .onFailure(context::fail);
  }

  /** Its bytes; none where there is no such file. */
  private static byte[] read(String name) throws IOException {
    try (InputStream file = ContractPages.class.getResourceAsStream("/im/linnet/schemas/" + name)) {
      return file == null ? new byte[0] : file.readAllBytes();
    }
  }
}
