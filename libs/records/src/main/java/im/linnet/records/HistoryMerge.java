package im.linnet.records;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  // What stands around a message in a page at most: its position, two numbers of 19 digits, its
  // mark.
  private static final int AROUND = 96;

  private HistoryMerge() {}

  /**
   * A page. It takes from each direction the messages of the page and one more, so a caller that
   * reads lazily reads no more than that.
   *
   * @param received messages to the asking user below the cursor, newest first
   * @param sent messages from the asking user, likewise; empty in a conversation with oneself
   * @param limit messages in the page
   * @param bytes the page's size, see {@link RecordReader#history}
   */
  public static MessagePage page(
      Iterator<StoredMessage> received, Iterator<StoredMessage> sent, int limit, int bytes) {
    List<StoredMessage> page = new ArrayList<>();
    StoredMessage in = next(received);
    StoredMessage out = next(sent);
    long left = bytes;
    while (in != null || out != null) {
      boolean isReceived = in != null && (out == null || isNewer(in, out));
      StoredMessage newest = Objects.requireNonNull(isReceived ? in : out);
      left -= size(newest);
      if (page.size() == limit || (left < 0 && !page.isEmpty())) {
        return new MessagePage(page, new HistoryCursor(bound(in), bound(out)));
      }
      page.add(newest);
      if (isReceived) {
        in = next(received);
      } else {
        out = next(sent);
      }
    }
    return new MessagePage(page, null);
  }

  private static @Nullable StoredMessage next(Iterator<StoredMessage> direction) {
    return direction.hasNext() ? direction.next() : null;
  }

  private static int size(StoredMessage stored) {
    return stored.value().length + AROUND;
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
  private static long bound(@Nullable StoredMessage left) {
    return left == null ? 0 : left.at().offset() + 1;
  }
}
