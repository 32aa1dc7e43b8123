package im.linnet.cli.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of topics, as far as the server has told them. Thread-safe; bounded. */
final class TopicNames {
  private static final int REMEMBERED = 2_000;

  private final Map<String, String> names =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  synchronized void learn(String topic, String name) {
    if (!name.isEmpty()) {
      names.put(topic, name);
    }
  }

  /** The name of a topic for a person; its id if no other name is known. */
  synchronized String of(String topic) {
    return names.getOrDefault(topic, topic);
  }

  /** The id of the only topic with that name; the text itself if it is an id, or names none. */
  synchronized String idOf(String text) {
    if (names.containsKey(text)) {
      return text;
    }
    List<String> found =
        names.entrySet().stream()
            .filter(each -> each.getValue().equalsIgnoreCase(text))
            .map(Map.Entry::getKey)
            .toList();
    return found.size() == 1 ? found.getFirst() : text;
  }
}
