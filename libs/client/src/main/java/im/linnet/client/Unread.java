package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of unread messages, counted by the server.
 *
 * @param total all of them, as far as they were counted
 * @param p2p the messages of each sender
 * @param topic the messages of each topic
 * @param mutual friend requests and the like
 * @param more whether there are more senders than the server lists, or more in {@code mutual} than
 *     it counts
 */
public record Unread(
    long total, Map<String, Count> p2p, Map<String, Count> topic, long mutual, boolean more) {
  /** No unread messages. */
  public static final Count NONE = new Count(0, false);

  public Unread {
    p2p = Map.copyOf(p2p);
    topic = Map.copyOf(topic);
  }

  /**
   * The number of unread messages of one sender, or of one topic.
   *
   * @param messages the number
   * @param more whether the server stopped counting there; the number is then a lower bound
   */
  public record Count(long messages, boolean more) {
    @Override
    public String toString() {
      return messages + (more ? "+" : "");
    }
  }

  /** The number of unread messages of this user. */
  public Count from(String user) {
    return p2p.getOrDefault(user, NONE);
  }

  static Unread read(ServerResponse response) {
    JsonNode data = response.data();
    return new Unread(
        data.path("total").asLong(0),
        counts(data.path("p2p"), "peer"),
        counts(data.path("topic"), "topic"),
        data.path("mutual").asLong(0),
        data.path("more").asBoolean(false));
  }

  private static Map<String, Count> counts(JsonNode entries, String name) {
    Map<String, Count> counts = new LinkedHashMap<>();
    for (JsonNode entry : entries) {
      counts.put(
          entry.path(name).asText(""),
          new Count(entry.path("count").asLong(0), entry.path("more").asBoolean(false)));
    }
    return counts;
  }
}
