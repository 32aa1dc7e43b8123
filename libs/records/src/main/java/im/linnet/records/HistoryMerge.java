package im.linnet.records;

import java.util.ArrayList;
import java.util.List;

/**
 * Merges the two directions of a conversation into pages, newest first. Of the two newest messages
 * left the one with the later broker time comes first, at equal times the one with the higher
 * position; so each direction keeps its log order even where broker time once went backwards (a new
 * partition leader with a slower clock), and a page depends on where the one before it ended, on
 * nothing else.
 */
public final class HistoryMerge {
  /** The cursor that stands before the newest message. */
  public static final HistoryCursor NEWEST = new HistoryCursor(Long.MAX_VALUE, Long.MAX_VALUE);

  private HistoryMerge() {}

  /**
   * A page.
   *
   * @param received messages to the asking user below the cursor, newest first, {@code limit} + 1
   *     of them where there are so many
   * @param sent messages from the asking user, likewise; empty in a conversation with oneself
   * @param limit messages in the page
   */
  public static HistoryPage page(
      List<StoredMessage> received, List<StoredMessage> sent, int limit) {
    List<StoredMessage> page = new ArrayList<>(Math.min(limit, received.size() + sent.size()));
    int fromReceived = 0;
    int fromSent = 0;
    while (page.size() < limit) {
      StoredMessage in = fromReceived < received.size() ? received.get(fromReceived) : null;
      StoredMessage out = fromSent < sent.size() ? sent.get(fromSent) : null;
      if (in != null && (out == null || isNewer(in, out))) {
        page.add(in);
        fromReceived++;
      } else if (out != null) {
        page.add(out);
        fromSent++;
      } else {
        return new HistoryPage(page, null);
      }
    }
    if (fromReceived == received.size() && fromSent == sent.size()) {
      return new HistoryPage(page, null);
    }
    return new HistoryPage(
        page, new HistoryCursor(bound(received, fromReceived), bound(sent, fromSent)));
  }

  private static boolean isNewer(StoredMessage one, StoredMessage other) {
    if (one.time() != other.time()) {
      return one.time() > other.time();
    }
    int byPlace = one.at().place().compareTo(other.at().place());
    return byPlace != 0 ? byPlace > 0 : one.at().offset() > other.at().offset();
  }

  /**
   * The exclusive bound of the next page in one direction: just above the first message that this
   * page left out. Where nothing is left it is 0, so that a message that arrives between two pages
   * never shows up in the older one.
   */
  private static long bound(List<StoredMessage> direction, int taken) {
    return taken < direction.size() ? direction.get(taken).at().offset() + 1 : 0;
  }
}
