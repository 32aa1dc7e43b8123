package im.linnet.records.memory;

import im.linnet.records.PresenceDirectory.PresenceEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that the presence-tracker keeps beside the view. Guarded by the store's lock. */
final class PresenceTable {
  private final Map<String, PresenceEntry> users = new HashMap<>();
  private final Map<String, List<String>> edges = new HashMap<>();

  /** Keeps the entry with the higher guard. */
  void save(PresenceEntry entry) {
    users.merge(entry.user(), entry, (old, now) -> now.guard() > old.guard() ? now : old);
  }

  @Nullable PresenceEntry user(String name) {
    return users.get(name);
  }

  void saveEdges(String trackerAddress, List<String> addresses) {
    edges.put(trackerAddress, List.copyOf(addresses));
  }

  List<String> edges(String trackerAddress) {
    return edges.getOrDefault(trackerAddress, List.of());
  }
}
