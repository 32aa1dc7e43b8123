package im.linnet.records.memory;

import im.linnet.records.ConversationHour;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The p2p conversations of each user. Guarded by the store's lock. */
final class ChatLists {
  private static final Lists NONE = new Lists(Map.of(), Map.of());

  private final Map<String, Lists> lists = new HashMap<>();

  /**
   * The conversations of one user, by the other user.
   *
   * @param sent the hours of what the user has sent
   * @param received the hours of what came
   */
  private record Lists(Map<String, Long> sent, Map<String, Long> received) {}

  /** See {@link im.linnet.records.MemoryView#raise}; true if it is a new one. */
  boolean raise(ConversationHour now) {
    Lists ofOwner =
        lists.computeIfAbsent(now.owner(), owner -> new Lists(new HashMap<>(), new HashMap<>()));
    Map<String, Long> list = now.sent() ? ofOwner.sent : ofOwner.received;
    Long before = list.get(now.peer());
    if (before == null || before < now.hour()) {
      list.put(now.peer(), now.hour());
    }
    return before == null;
  }

  /** The other users of someone's conversations. */
  Set<String> peers(String owner) {
    Lists found = lists.getOrDefault(owner, NONE);
    Set<String> peers = new TreeSet<>(found.sent.keySet());
    peers.addAll(found.received.keySet());
    return peers;
  }

  void forEach(Consumer<? super ConversationHour> each) {
    lists.forEach(
        (owner, list) -> {
          list.sent.forEach(
              (peer, hour) -> each.accept(new ConversationHour(owner, peer, true, hour)));
          list.received.forEach(
              (peer, hour) -> each.accept(new ConversationHour(owner, peer, false, hour)));
        });
  }
}
