package im.linnet.edge.op;

import im.linnet.edge.presence.LookUps;
import im.linnet.edge.presence.PresenceWatchers;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code presence.watch}: adds to the users that the session watches. The reply has their state
 * now, and each later change is pushed.
 */
final class PresenceWatchOp implements Op<PresenceGetOp.Request> {
  private final PresenceGetOp get;
  private final PresenceWatchers watchers;
  private final LookUps lookUps;
  private final int most;

  /**
   * @param get answers with the present state
   * @param lookUps reads and keeps the users that are watched
   * @param most the most users that one session watches
   */
  PresenceWatchOp(PresenceGetOp get, PresenceWatchers watchers, LookUps lookUps, int most) {
    this.get = get;
    this.watchers = watchers;
    this.lookUps = lookUps;
    this.most = most;
  }

  @Override
  public String name() {
    return "presence.watch";
  }

  @Override
  public PresenceGetOp.Request read(RequestFields fields) throws BadRequestException {
    return get.read(fields);
  }

  @Override
  public void serve(Caller caller, PresenceGetOp.Request request, Responder reply) {
    List<String> users = request.users();
    Set<String> watched = caller.watched();
    long fresh = users.stream().distinct().filter(user -> !watched.contains(user)).count();
    if (watched.size() + fresh > most) {
      reply.bad("users", "users: one session watches at most " + most);
      return;
    }
    UserSession session = caller.session();
    List<String> added = new ArrayList<>();
    for (String user : users) {
      if (watched.add(user)) {
        added.add(user);
        lookUps.need(user);
        watchers.watch(user, session);
      }
    }
    get.answer(users, reply, () -> session.execute(() -> forget(session, watched, added)));
  }

  /** Ends the watches of a session. */
  void forget(UserSession session, Set<String> watched) {
    forget(session, watched, List.copyOf(watched));
  }

  private void forget(UserSession session, Set<String> watched, List<String> users) {
    for (String user : users) {
      if (watched.remove(user)) {
        watchers.unwatch(user, session);
        lookUps.release(user);
      }
    }
  }
}
