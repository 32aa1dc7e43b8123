package im.linnet.records;

import java.util.List;

/**
 * How much of a user's messages is unread.
 *
 * @param p2p per sender, in the order of their names, at most {@link #MOST_PEERS}, the first
 * @param topics per topic with unread messages, all of them, in the order of their ids
 * @param mutual unread messages of the mutual stream, at most {@link #MOST}
 * @param more whether there are more senders than are listed, or more mutual messages than are
 *     counted
 */
public record UnreadCounts(List<PeerCount> p2p, List<PeerCount> topics, long mutual, boolean more) {
  /** The highest count of an entry. */
  public static final int MOST = 1_000;

  /** How many senders are listed at most, so that the answer is bounded. */
  public static final int MOST_PEERS = 1_000;

  public UnreadCounts {
    p2p = List.copyOf(p2p);
    topics = List.copyOf(topics);
  }

  /** A count, cut off at {@link #MOST}. */
  public static PeerCount counted(String peer, long count) {
    return new PeerCount(peer, Math.min(count, MOST), count > MOST);
  }

  /**
   * What a store found for a user without topics, cut off at {@link #MOST_PEERS} and {@link #MOST}.
   *
   * @param p2p one sender more than are listed, if there are more
   * @param mutual one message more than are counted, if there are more
   */
  public static UnreadCounts found(List<PeerCount> p2p, long mutual) {
    return new UnreadCounts(
        p2p.subList(0, Math.min(p2p.size(), MOST_PEERS)),
        List.of(),
        Math.min(mutual, MOST),
        p2p.size() > MOST_PEERS || mutual > MOST);
  }

  /** The same with the counts of topics. */
  public UnreadCounts withTopics(List<PeerCount> counts) {
    return new UnreadCounts(p2p, counts, mutual, more);
  }

  /**
   * Unread messages of one sender or in one topic.
   *
   * @param peer the sender or the topic
   * @param count how many, at most {@link #MOST}
   * @param more whether there are more than that
   */
  public record PeerCount(String peer, long count, boolean more) {}
}
