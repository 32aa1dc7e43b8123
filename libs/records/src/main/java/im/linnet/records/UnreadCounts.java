package im.linnet.records;

import java.util.List;

/**
 * How much of a user's messages is unread.
 *
 * @param p2p per sender, in the order of their names, at most {@link #MOST_PEERS}, the first
 * @param topics per topic with unread messages, in the order of their ids, at most {@link
 *     #MOST_PEERS}, the first
 * @param mutual unread messages of the mutual stream, at most {@link #MOST}
 */
public record UnreadCounts(List<PeerCount> p2p, List<PeerCount> topics, long mutual) {
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

  /** Of a user without unread messages in topics. */
  public UnreadCounts(List<PeerCount> p2p, long mutual) {
    this(p2p, List.of(), mutual);
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
