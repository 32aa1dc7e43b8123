package im.linnet.edge.handler;

import im.linnet.edge.publish.Sender;
import im.linnet.edge.session.Responder;
import im.linnet.schemas.Stream;
import im.linnet.schemas.frame.Request;
import java.util.Set;

/** {@code send}: what may be sent; the rest is the {@link Sender}'s. */
final class SendHandler {
  private static final String TEXT = "text";
  // Decided in one place, in order, not by whoever publishes first.
  private static final Set<String> FRIENDSHIP =
      Set.of("add_friend", "accept_friend", "reject_friend", "remove_friend");

  void serve(Sender sender, Request.Send request, Responder reply) {
    Stream kind = request.kind();
    String token = request.token();
    if (kind == Stream.TOPIC) {
      reply.bad("kind", "kind: topic is not served by this version");
    } else if (kind == Stream.MUTUAL && token == null) {
      reply.bad("type", "type: is missing");
    } else if (kind == Stream.MUTUAL && FRIENDSHIP.contains(token)) {
      reply.bad("type", "type: " + token + " is not served by this version");
    } else {
      sender.send(
          kind,
          request.to(),
          token == null ? TEXT : token,
          request.content(),
          request.uuid(),
          request.retry(),
          reply);
    }
  }
}
