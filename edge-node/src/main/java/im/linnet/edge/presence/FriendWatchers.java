package im.linnet.edge.presence;

import im.linnet.edge.session.Delay;
import im.linnet.edge.session.LiveSession;
import im.linnet.log.Callbacks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Watches the friends of the users of this edge's sessions, which need not ask for that. A friend
 * in doubt is read from the log, since nobody is pushed the changes of a user in doubt. Safe on any
 * thread.
 */
public final class FriendWatchers {
  /** The most friends of one user that are watched. They are the first by name. */
  public static final int MOST = 1_000;

  /** The pause after which friends are read again who could not be read. */
  private static final long AGAIN_MILLIS = 5_000;

  private final PresenceWatchers watchers;
  private final LookUps lookUps;
  private final Delay delay;
  private final Map<String, Local> locals = new HashMap<>();

  /** A user with sessions here. The lists are immutable: most users have one session. */
  private static final class Local {
    private List<LiveSession> sessions = List.of();
    private Set<String> friends = Set.of();

    void add(LiveSession session) {
      List<LiveSession> more = new ArrayList<>(sessions);
      more.add(session);
      sessions = List.copyOf(more);
    }

    void remove(LiveSession session) {
      List<LiveSession> rest = new ArrayList<>(sessions);
      rest.remove(session);
      sessions = List.copyOf(rest);
    }
  }

  /**
   * @param watchers the sessions that are pushed changes
   * @param lookUps keeps the users that are watched, and reads those in doubt
   * @param delay runs a second attempt to read
   */
  public FriendWatchers(PresenceWatchers watchers, LookUps lookUps, Delay delay) {
    this.watchers = watchers;
    this.lookUps = lookUps;
    this.delay = delay;
  }

  /** A session begins. */
  public synchronized void enter(LiveSession session) {
    Local local = locals.computeIfAbsent(session.user(), user -> new Local());
    if (!local.sessions.contains(session)) {
      local.add(session);
      local.friends.forEach(friend -> watch(friend, session));
    }
  }

  /** A session ends. */
  public synchronized void leave(LiveSession session) {
    Local local = locals.get(session.user());
    if (local != null && local.sessions.contains(session)) {
      local.remove(session);
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
    Set<String> now = friends.stream().limit(MOST).collect(Collectors.toUnmodifiableSet());
    Set<String> before = local.friends;
    local.friends = now;
    Set<String> added = new HashSet<>(now);
    added.removeAll(before);
    for (LiveSession session : local.sessions) {
      added.forEach(each -> watch(each, session));
      before.stream().filter(each -> !now.contains(each)).forEach(each -> unwatch(each, session));
    }
    read(added);
  }

  /** The passes of {@link LookUps} bound the work. Nobody waits for the end. */
  private void read(Set<String> users) {
    Callbacks.whenDone(
        lookUps.known(users),
        (known, failure) -> {
          if (failure != null) {
            delay.run(AGAIN_MILLIS, () -> readAgain(users));
          }
        });
  }

  private void readAgain(Set<String> users) {
    Set<String> watched =
        users.stream().filter(watchers::isWatched).collect(Collectors.toUnmodifiableSet());
    if (!watched.isEmpty()) {
      read(watched);
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
