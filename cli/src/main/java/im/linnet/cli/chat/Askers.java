package im.linnet.cli.chat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who has sent a mutual message (a request of some kind) that was not shown yet. The server counts
 * those, and names nobody. Thread-safe; bounded.
 */
final class Askers {
  private static final int MOST = 100;

  private final Set<String> names = new LinkedHashSet<>();

  synchronized void asked(String name) {
    if (names.size() < MOST) {
      names.add(name);
    }
  }

  synchronized void shown(String name) {
    names.remove(name);
  }

  /** In the order in which they asked. */
  synchronized List<String> names() {
    return List.copyOf(names);
  }
}
