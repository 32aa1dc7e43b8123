package im.linnet.edge.op;

import im.linnet.edge.session.Responder;
import im.linnet.schemas.Stream;

/** The streams with records under a user's key. */
final class UserStreams {
  private UserStreams() {}

  /** Whether the stream is one of them; if not, it answers the request with a refusal. */
  static boolean holds(Stream kind, Responder reply) {
    if (!kind.keyedByUser()) {
      reply.bad("kind", "kind: " + kind.wire() + " is not served by this version");
      return false;
    }
    return true;
  }
}
