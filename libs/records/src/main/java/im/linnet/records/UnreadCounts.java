package im.linnet.records;

import java.util.List;

/**
 * How much of a user's messages is unread.
 *
 * @param p2p per sender, in the order of their names, at most {@link #MOST_PEERS}, the first
 * @param mutual unread messages of the mutual stream, at most {@link #MOST}
 */
public record UnreadCounts(List<PeerCount> p2p, long mutual) {
  /** Where counting stops, per entry. */
  public static final int MOST = 1_000;

  /** How many senders are listed at most, so that the answer is bounded. */
  public static final int MOST_PEERS = 1_000;

  public UnreadCounts {
    p2p = List.copyOf(p2p);
  }

  /**
   * Unread messages of one sender.
   *
   * @param peer the sender
   * @param count how many, at most {@link #MOST}
   * @param more whether there are more than that
   */
  public record PeerCount(String peer, long count, boolean more) {}
}
