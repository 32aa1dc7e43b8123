package im.linnet.records.memory;

import im.linnet.records.ConversationHour;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The p2p conversations of each user. Guarded by the store's lock. */
final class ChatLists {
  private static final String OUT = ">";
  private static final String IN = "<";

  // By owner, then by the peer and the direction.
  private final Map<String, Map<String, ConversationHour>> lists = new HashMap<>();

  /** See {@link im.linnet.records.MemoryView#raise}; true if it is a new one. */
  boolean raise(ConversationHour now) {
    Map<String, ConversationHour> list =
        lists.computeIfAbsent(now.owner(), owner -> new TreeMap<>());
    String key = now.peer() + (now.sent() ? OUT : IN);
    ConversationHour before = list.get(key);
    if (before == null || before.hour() < now.hour()) {
      list.put(key, now);
    }
    return before == null;
  }

  /** The other users of someone's conversations. */
  Set<String> peers(String owner) {
    Set<String> peers = new TreeSet<>();
    of(owner).forEach(each -> peers.add(each.peer()));
    return peers;
  }

  private Collection<ConversationHour> of(String owner) {
    return lists.getOrDefault(owner, Map.of()).values();
  }

  void forEach(Consumer<? super ConversationHour> each) {
    lists.values().forEach(list -> list.values().forEach(each));
  }
}
