package im.linnet.cli.chat;

import im.linnet.client.HistoryPage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far back a conversation is read before it is shown, and what was found: from a place towards
 * the past, at least so many messages, on until nothing unread is left out, at most so many. Pages
 * may be shorter than was asked for. Pure; owned by one thread.
 */
final class LookBack {
  private static final int LONGEST_PAGE = 200;

  /** The least to ask for where it is not known how far back the next unread one lies. */
  private static final int STEP = 50;

  private final String peer;
  private final int least;
  private final int most;
  private final long unread;
  private final List<HistoryPage.Entry> newestFirst = new ArrayList<>();
  private @Nullable String older;
  private boolean atTheBeginning;

  /**
   * Has read nothing yet.
   *
   * @param unread how many of the peer's messages were unread just now
   * @param from where the page before it ended, null for the newest messages
   */
  LookBack(String peer, int least, int most, long unread, @Nullable String from) {
    this.peer = peer;
    this.least = least;
    this.most = Math.max(least, most);
    this.unread = unread;
    this.older = from;
  }

  /** How many messages to ask for next; 0 when that is enough. */
  int wanted() {
    int size = newestFirst.size();
    if (atTheBeginning || size >= most) {
      return 0;
    }
    long missing = (long) least - size;
    if (size == 0) {
      missing = Math.max(missing, left());
    } else if (left() > 0 || (missing <= 0 && oldestOfPeerIsUnread())) {
      // The second: the count is older than the page, and what arrived between them must not hide
      // one that was counted.
      missing = Math.max(left(), STEP);
    }
    return (int) Math.max(0, Math.min(missing, Math.min(LONGEST_PAGE, most - size)));
  }

  void take(HistoryPage page) {
    newestFirst.addAll(page.messages());
    older = page.next();
    atTheBeginning = older == null || page.messages().isEmpty();
  }

  /** What was found, in the order in which it was said. */
  List<HistoryPage.Entry> entries() {
    return newestFirst.reversed();
  }

  /**
   * What was found, and between it, by their time, those of another stream that belong there, or
   * are unread.
   *
   * @param others newest first
   * @param before belongs here if it is older than this, ms
   */
  List<HistoryPage.Entry> entriesWith(List<HistoryPage.Entry> others, long before) {
    List<HistoryPage.Entry> all = new ArrayList<>(entries());
    long from = atTheBeginning || all.isEmpty() ? Long.MIN_VALUE : oldestMillis();
    int place = 0;
    for (HistoryPage.Entry other : others.reversed()) {
      long time = other.message().timeMillis();
      if (isUnread(other) || (time >= from && time < before)) {
        while (place < all.size() && all.get(place).message().timeMillis() <= time) {
          place++;
        }
        all.add(place++, other);
      }
    }
    return all;
  }

  /** When the oldest of what was found was said, ms; the end of time where nothing was found. */
  long oldestMillis() {
    return newestFirst.isEmpty() ? Long.MAX_VALUE : newestFirst.getLast().message().timeMillis();
  }

  /** The unread ones of the peer among these. */
  List<String> unreadUuids(List<HistoryPage.Entry> entries) {
    return entries.stream().filter(this::isUnread).map(entry -> entry.message().uuid()).toList();
  }

  /** How many unread ones lie before what was found. */
  long left() {
    long found = newestFirst.stream().filter(this::isUnread).count();
    return atTheBeginning ? 0 : Math.max(0, unread - found);
  }

  /** Where the next one begins; null where there is nothing before what was found. */
  @Nullable String older() {
    return atTheBeginning ? null : older;
  }

  private boolean oldestOfPeerIsUnread() {
    return entries().stream()
        .filter(entry -> entry.message().sender().equals(peer))
        .findFirst()
        .map(this::isUnread)
        .orElse(false);
  }

  private boolean isUnread(HistoryPage.Entry entry) {
    return !entry.read() && entry.message().sender().equals(peer);
  }
}
