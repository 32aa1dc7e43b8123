package im.linnet.client;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The requests that wait because the server could not serve them just now. A lane is all that goes
 * to one user or one topic. Its requests wait together, also those that are made meanwhile, and are
 * written again in the order in which they were made. Owned by one thread.
 */
final class Lanes {
  private record Pause(long due, NavigableMap<Long, PendingRequest> waiting) {}

  private final Map<String, Pause> paused = new LinkedHashMap<>();

  /** Adds a request to its lane if that waits; false if it does not. */
  boolean join(PendingRequest request) {
    Pause pause = paused.get(request.request().lane());
    if (pause == null) {
      return false;
    }
    pause.waiting().put(request.number(), request);
    return true;
  }

  /** Begins the pause of a request's lane. */
  void pause(PendingRequest request, long due) {
    Pause pause = new Pause(due, new TreeMap<>());
    pause.waiting().put(request.number(), request);
    paused.put(request.request().lane(), pause);
  }

  /** Ends the pauses that are over; their requests, without those that were given up meanwhile. */
  List<PendingRequest> due(long now) {
    List<PendingRequest> over = new ArrayList<>();
    Iterator<Pause> pauses = paused.values().iterator();
    while (pauses.hasNext()) {
      Pause pause = pauses.next();
      if (pause.due() <= now) {
        pauses.remove();
        pause.waiting().values().stream().filter(each -> !each.reply().isDone()).forEach(over::add);
      }
    }
    return over;
  }

  /** The time when the next pause is over. */
  long deadline() {
    return paused.values().stream().mapToLong(Pause::due).min().orElse(Long.MAX_VALUE);
  }

  /** Forgets all pauses, since the next connection begins with all requests anyway. */
  void clear() {
    paused.clear();
  }
}
