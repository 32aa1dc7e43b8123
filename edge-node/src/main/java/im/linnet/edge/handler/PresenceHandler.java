package im.linnet.edge.handler;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.presence.PresenceBoard;
import im.linnet.edge.presence.PresenceWatchers;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.schemas.frame.Frames;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code presence.get} and {@code presence.watch}, from what the edge has folded itself. */
final class PresenceHandler {
  private final PresenceBoard board;
  private final PresenceWatchers watchers;
  private final int most;

  /**
   * Makes one.
   *
   * @param most users that one session watches
   */
  PresenceHandler(PresenceBoard board, PresenceWatchers watchers, int most) {
    this.board = board;
    this.watchers = watchers;
    this.most = most;
  }

  void get(List<String> users, Responder reply) {
    reply.ok(json -> write(json, users));
  }

  /** Adds to what the session watches; a change after the state in the reply is pushed. */
  void watch(UserSession session, Set<String> watched, List<String> users, Responder reply) {
    long fresh = users.stream().distinct().filter(user -> !watched.contains(user)).count();
    if (watched.size() + fresh > most) {
      reply.bad("users", "users: one session watches at most " + most);
      return;
    }
    for (String user : users) {
      if (watched.add(user)) {
        watchers.watch(user, session);
      }
    }
    get(users, reply);
  }

  void forget(UserSession session, Set<String> watched) {
    watched.forEach(user -> watchers.unwatch(user, session));
    watched.clear();
  }

  private void write(JsonGenerator json, List<String> users) throws IOException {
    json.writeArrayFieldStart("presence");
    for (String user : users) {
      PresenceBoard.Shown shown = board.of(user);
      json.writeStartObject();
      Frames.writePresence(json, user, shown.status(), shown.lastSeen());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
