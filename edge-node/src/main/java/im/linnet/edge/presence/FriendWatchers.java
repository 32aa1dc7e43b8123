package im.linnet.edge.presence;

import im.linnet.edge.session.LiveSession;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Watches the friends of the users of this edge's sessions, which need not ask for that. Safe on
 * any thread.
 */
public final class FriendWatchers {
  /** The most friends of one user that are watched. They are the first by name. */
  public static final int MOST = 1_000;

  private final PresenceWatchers watchers;
  private final LookUps lookUps;
  private final Map<String, Local> locals = new HashMap<>();

  /** A user with sessions here. */
  private static final class Local {
    private final Set<LiveSession> sessions = new HashSet<>(2);
    private Set<String> friends = Set.of();
  }

  /**
   * @param watchers the sessions that are pushed changes
   * @param lookUps keeps the users that are watched
   */
  public FriendWatchers(PresenceWatchers watchers, LookUps lookUps) {
    this.watchers = watchers;
    this.lookUps = lookUps;
  }

  /** A session begins. */
  public synchronized void enter(LiveSession session) {
    Local local = locals.computeIfAbsent(session.user(), user -> new Local());
    if (local.sessions.add(session)) {
      local.friends.forEach(friend -> watch(friend, session));
    }
  }

  /** A session ends. */
  public synchronized void leave(LiveSession session) {
    Local local = locals.get(session.user());
    if (local != null && local.sessions.remove(session)) {
      local.friends.forEach(friend -> unwatch(friend, session));
      if (local.sessions.isEmpty()) {
        locals.remove(session.user());
      }
    }
  }

  /**
   * A user has these friends from now on; nothing happens if the user has no session here.
   *
   * @param friends by name
   */
  public synchronized void changed(String user, Collection<String> friends) {
    Local local = locals.get(user);
    if (local == null) {
      return;
    }
    Set<String> now = new HashSet<>();
    friends.stream().limit(MOST).forEach(now::add);
    Set<String> before = local.friends;
    local.friends = now;
    for (LiveSession session : local.sessions) {
      now.stream().filter(each -> !before.contains(each)).forEach(each -> watch(each, session));
      before.stream().filter(each -> !now.contains(each)).forEach(each -> unwatch(each, session));
    }
  }

  private void watch(String friend, LiveSession session) {
    lookUps.need(friend);
    watchers.watch(friend, session);
  }

  private void unwatch(String friend, LiveSession session) {
    watchers.unwatch(friend, session);
    lookUps.release(friend);
  }
}
