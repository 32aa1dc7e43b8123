package im.linnet.client;

import java.util.Map;

/**
 * How many messages wait to be read, counted by the server.
 *
 * @param total all of them, as far as they were counted
 * @param p2p by the user who sent them
 * @param topic by topic
 * @param mutual friend requests and the like
 */
public record Unread(long total, Map<String, Count> p2p, Map<String, Count> topic, long mutual) {
  /** Nothing. */
  public static final Count NONE = new Count(0, false);

  public Unread {
    p2p = Map.copyOf(p2p);
    topic = Map.copyOf(topic);
  }

  /**
   * How many of one sender, or of one topic.
   *
   * @param messages that many
   * @param more whether the server stopped counting there: then it is that many at least
   */
  public record Count(long messages, boolean more) {
    @Override
    public String toString() {
      return messages + (more ? "+" : "");
    }
  }

  /** How many of this user. */
  public Count from(String user) {
    return p2p.getOrDefault(user, NONE);
  }
}
