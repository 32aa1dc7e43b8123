package im.linnet.edge.handler;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.presence.LookUps;
import im.linnet.edge.presence.PresenceBoard;
import im.linnet.edge.presence.PresenceWatchers;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.schemas.frame.Frames;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code presence.get} and {@code presence.watch}, from what the edge has folded itself. Users who
 * are asked for are kept while that takes, users who are watched as long as they are.
 */
final class PresenceHandler {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceHandler.class);

  private final PresenceBoard board;
  private final PresenceWatchers watchers;
  private final LookUps lookUps;
  private final int most;
  private final LongSupplier retryAfterMillis;

  /**
   * Makes one.
   *
   * @param most users that one session watches
   * @param retryAfterMillis when a client that cannot be answered now shall ask again
   */
  PresenceHandler(
      PresenceBoard board,
      PresenceWatchers watchers,
      LookUps lookUps,
      int most,
      LongSupplier retryAfterMillis) {
    this.board = board;
    this.watchers = watchers;
    this.lookUps = lookUps;
    this.most = most;
    this.retryAfterMillis = retryAfterMillis;
  }

  void get(List<String> users, Responder reply) {
    users.forEach(lookUps::need);
    reply.when(
        lookUps.known(users),
        (known, failure) -> {
          Map<String, PresenceBoard.Shown> seen = new HashMap<>();
          for (String user : users) {
            PresenceBoard.Shown shown = board.of(user);
            if (shown != null) {
              seen.put(user, shown);
            }
          }
          users.forEach(lookUps::release);
          if (failure == null) {
            reply.ok(json -> write(json, users, seen));
          } else {
            LOG.debug("presence cannot be read: {}", failure.toString());
            reply.unavailable("presence cannot be read now", retryAfterMillis.getAsLong());
          }
        });
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
        lookUps.need(user);
        watchers.watch(user, session);
      }
    }
    get(users, reply);
  }

  void forget(UserSession session, Set<String> watched) {
    for (String user : watched) {
      watchers.unwatch(user, session);
      lookUps.release(user);
    }
    watched.clear();
  }

  /** As it is now, so that it is no older than a push that has left before this reply. */
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
