package im.linnet.edge.ops;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/**
 * Serves the contract for machines: the AsyncAPI document, and beside it the JSON Schemas that it
 * names, each under its own name, so that every reference can be followed. Other files of the class
 * path cannot be read: the pattern accepts names of schemas only.
 */
final class ContractPages {
  private static final String FILES =
      "/v1/(?<file>asyncapi\\.yaml|(?:event/|frame/|frame/[a-z]+/)?[a-z0-9_]+(?:\\.[a-z0-9_]+)*\\.json)";

  private ContractPages() {}

  /** The files of the contract. */
  static StoredFiles files() {
    return new StoredFiles("/im/linnet/schemas/");
  }

  static void mount(Vertx vertx, Router router, StoredFiles files) {
    router
        .routeWithRegex(FILES)
        .handler(context -> Pages.serve(vertx, context, files, context.pathParam("file")));
  }
}
