package im.linnet.cli.chat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The senders of mutual messages (requests of some kind) that were not shown yet. The server counts
 * these messages, but does not name the senders. Thread-safe; bounded.
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

  /** The names, in the order in which they asked. */
  synchronized List<String> names() {
    return List.copyOf(names);
  }
}
