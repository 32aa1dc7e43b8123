package im.linnet.presence;

import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceState.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The presence of the users in the tracker's partitions: the published states, and over them the
 * changes of the transaction under way. {@link #keep} turns the changes into published states,
 * {@link #drop} forgets them. No threads, no I/O.
 */
final class UserBook {
  /** One epoch of one edge, as sessions name it. */
  record EdgeEpoch(String edge, long epoch) {}

  private final Map<String, Placed> published = new HashMap<>();
  private final Map<String, Placed> changed = new LinkedHashMap<>();
  private final Map<EdgeEpoch, Set<String>> usersByEdge = new HashMap<>();
  private long online;

  private record Placed(int partition, PresenceState state) {}

  PresenceState get(String user) {
    Placed placed = find(user);
    return placed == null ? UserPresence.unknown(user) : placed.state();
  }

  /** Changes a user's state within the transaction. */
  void change(int partition, PresenceState state) {
    Placed before = find(state.user());
    Placed after = new Placed(partition, state);
    changed.put(state.user(), after);
    reindex(state.user(), before, after);
  }

  /** Takes a state that is published already. */
  void restore(int partition, PresenceState state) {
    Placed before = find(state.user());
    Placed after = new Placed(partition, state);
    published.put(state.user(), after);
    if (!changed.containsKey(state.user())) {
      reindex(state.user(), before, after);
    }
  }

  /** The changes of the transaction, one state per user. */
  List<PresenceState> changes() {
    return changed.values().stream().map(Placed::state).toList();
  }

  /** Keeps the changes: the transaction is committed. */
  void keep() {
    published.putAll(changed);
    changed.clear();
  }

  /** Forgets the users of these partitions; they belong to another tracker now. */
  void forget(Collection<Integer> partitions) {
    drop();
    List<String> gone = new ArrayList<>();
    published.forEach(
        (user, placed) -> {
          if (partitions.contains(placed.partition())) {
            gone.add(user);
          }
        });
    for (String user : gone) {
      reindex(user, published.remove(user), null);
    }
  }

  /** The partition of a known user. */
  int partition(String user) {
    Placed placed = find(user);
    if (placed == null) {
      throw new IllegalArgumentException("user=" + user + " is not known here");
    }
    return placed.partition();
  }

  /** At most {@code most} users with a session on such an edge. */
  List<String> usersOn(Predicate<EdgeEpoch> edges, int most) {
    List<String> users = new ArrayList<>();
    for (Map.Entry<EdgeEpoch, Set<String>> entry : usersByEdge.entrySet()) {
      if (edges.test(entry.getKey())) {
        for (String user : entry.getValue()) {
          if (users.size() == most) {
            return users;
          }
          users.add(user);
        }
      }
    }
    return users;
  }

  /** The number of users with a session. */
  long online() {
    return online;
  }

  /** The number of users known. */
  int size() {
    return published.size();
  }

  /** Forgets the changes: the transaction was not committed, or its outcome is unknown. */
  void drop() {
    for (Map.Entry<String, Placed> entry : changed.entrySet()) {
      reindex(entry.getKey(), entry.getValue(), published.get(entry.getKey()));
    }
    changed.clear();
  }

  private @Nullable Placed find(String user) {
    Placed placed = changed.get(user);
    return placed != null ? placed : published.get(user);
  }

  private static int online(@Nullable Placed placed) {
    return placed == null || placed.state().sessions().isEmpty() ? 0 : 1;
  }

  private void reindex(String user, @Nullable Placed before, @Nullable Placed after) {
    online += online(after) - online(before);
    if (before != null) {
      for (Session session : before.state().sessions()) {
        EdgeEpoch edge = new EdgeEpoch(session.edge(), session.epoch());
        Set<String> users = usersByEdge.get(edge);
        if (users != null) {
          users.remove(user);
          if (users.isEmpty()) {
            usersByEdge.remove(edge);
          }
        }
      }
    }
    if (after != null) {
      for (Session session : after.state().sessions()) {
        usersByEdge
            .computeIfAbsent(new EdgeEpoch(session.edge(), session.epoch()), e -> new HashSet<>())
            .add(user);
      }
    }
  }
}
