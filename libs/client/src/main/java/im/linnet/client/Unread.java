package im.linnet.client;

import java.util.Map;

/**
 * How many messages wait to be read, counted by the server.
 *
 * @param total all of them
 * @param p2p by the user who sent them
 * @param topic by topic
 * @param mutual friend requests and the like
 */
public record Unread(long total, Map<String, Long> p2p, Map<String, Long> topic, long mutual) {
  public Unread {
    p2p = Map.copyOf(p2p);
    topic = Map.copyOf(topic);
  }
}
