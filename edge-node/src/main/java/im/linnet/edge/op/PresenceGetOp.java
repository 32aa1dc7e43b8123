package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.presence.LookUps;
import im.linnet.edge.presence.PresenceBoard;
import im.linnet.edge.session.Responder;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.Frames;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code presence.get}: the state of users now, as the edge itself has followed it. The asked users
 * are kept until the answer is built.
 */
final class PresenceGetOp implements Op<PresenceGetOp.Request> {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceGetOp.class);

  record Request(List<String> users) {}

  private final PresenceBoard board;
  private final LookUps lookUps;
  private final LongSupplier retryAfterMillis;

  /**
   * @param lookUps reads users that the edge does not keep
   * @param retryAfterMillis the time after which a client that cannot be answered now shall ask
   *     again
   */
  PresenceGetOp(PresenceBoard board, LookUps lookUps, LongSupplier retryAfterMillis) {
    this.board = board;
    this.lookUps = lookUps;
    this.retryAfterMillis = retryAfterMillis;
  }

  @Override
  public String name() {
    return "presence.get";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    return new Request(fields.users("users", fields.limits().users()));
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    answer(request.users(), reply, () -> {});
  }

  /**
   * Answers with the state of users.
   *
   * @param failed run on any thread after the state could not be read; the client has its answer by
   *     then
   */
  void answer(List<String> users, Responder reply, Runnable failed) {
    users.forEach(lookUps::need);
    reply.when(
        lookUps.known(users),
        (known, failure) -> {
          Map<String, PresenceBoard.Shown> seen = seen(users);
          users.forEach(lookUps::release);
          if (failure == null) {
            reply.ok(json -> write(json, users, seen));
          } else {
            LOG.debug("presence cannot be read: {}", failure.toString());
            reply.unavailable("presence cannot be read now", retryAfterMillis.getAsLong());
            failed.run();
          }
        });
  }

  private Map<String, PresenceBoard.Shown> seen(List<String> users) {
    Map<String, PresenceBoard.Shown> seen = new HashMap<>();
    for (String user : users) {
      PresenceBoard.Shown shown = board.of(user);
      if (shown != null) {
        seen.put(user, shown);
      }
    }
    return seen;
  }

  /** Writes the state of this moment, so that the reply is not older than an earlier push. */
  private void write(JsonGenerator json, List<String> users, Map<String, PresenceBoard.Shown> seen)
      throws IOException {
    json.writeArrayFieldStart("presence");
    for (String user : users) {
      PresenceBoard.Shown now = board.of(user);
      PresenceBoard.Shown shown = now == null ? seen.get(user) : now;
      if (shown == null) {
        throw new IllegalStateException(user + " is in doubt");
      }
      json.writeStartObject();
      Frames.writePresence(json, user, shown.status(), shown.lastSeen());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
