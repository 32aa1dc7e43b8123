package im.linnet.edge.handler;

import im.linnet.edge.publish.Sender;
import im.linnet.edge.session.Requests;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.Request;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One session's requests; what it needs for sending and watching is made when it does. */
final class SessionRequests implements Requests {
  private final UserSession session;
  private final Ops ops;
  private @Nullable Sender sender;
  private @Nullable Set<String> watched;

  SessionRequests(UserSession session, Ops ops) {
    this.session = session;
    this.ops = ops;
  }

  @Override
  public void serve(Request request, Responder reply) {
    switch (request) {
      case Request.Send send -> ops.send.serve(sender(), send, reply);
      case Request.Read read -> ops.read.serve(session, read, reply);
      case Request.Ping ping -> reply.ok(json -> json.writeNumberField("time", ops.clock.millis()));
      case Request.Pong pong -> reply.ok(json -> {});
      case Request.History history -> ops.history.serve(session, history, reply);
      case Request.Unread unread -> ops.unread.serve(session, reply);
      case Request.PresenceGet get -> ops.presence.get(get.users(), reply);
      case Request.PresenceWatch watch ->
          ops.presence.watch(session, watched(), watch.users(), reply);
      case Request.Auth auth -> reply.error(ReplyCode.CONFLICT, "the session has authenticated");
      case Request.Logout logout ->
          session.leave(
              () -> {
                reply.ok(json -> {});
                session.hangUp();
              });
    }
  }

  @Override
  public void ended() {
    if (watched != null) {
      ops.presence.forget(session, watched);
    }
  }

  private Sender sender() {
    Sender current = sender;
    if (current == null) {
      current = new Sender(session, ops.sends);
      sender = current;
    }
    return current;
  }

  private Set<String> watched() {
    Set<String> current = watched;
    if (current == null) {
      current = new HashSet<>();
      watched = current;
    }
    return current;
  }
}
