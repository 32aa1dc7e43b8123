package im.linnet.cli.chat;

import im.linnet.client.HistoryEntry;
import im.linnet.client.Page;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a conversation backwards before it is shown. It wants a least number of messages, goes on
 * until no unread message is left out, and stops at a most number. Pages may be shorter than the
 * request. Pure; owned by one thread.
 */
final class LookBack {
  private static final int LONGEST_PAGE = 200;

  /** The least number to ask for if the place of the next unread message is unknown. */
  private static final int STEP = 50;

  private final Talk talk;
  private final String user;
  private final int least;
  private final int most;
  private final long unread;
  private final List<HistoryEntry> newestFirst = new ArrayList<>();
  private @Nullable String older;
  private boolean atTheBeginning;
  private long othersFound;

  /**
   * Begins with no messages.
   *
   * @param user the user who looks back
   * @param unread the number of the others' messages that were unread just now
   * @param from the end of the page before, null for the newest messages
   */
  LookBack(Talk talk, String user, int least, int most, long unread, @Nullable String from) {
    this.talk = talk;
    this.user = user;
    this.least = least;
    this.most = Math.max(least, most);
    this.unread = unread;
    this.older = from;
  }

  /** The number of messages to ask for next; 0 if there are enough. */
  int wanted() {
    int size = newestFirst.size();
    if (atTheBeginning || size >= most) {
      return 0;
    }
    long missing = (long) least - size;
    if (size == 0) {
      missing = Math.max(missing, left());
    } else if (left() > 0 || (missing <= 0 && oldestOfPeerIsUnread())) {
      // The second condition: the count is older than the page, and messages that came between the
      // two must not hide a counted one.
      missing = Math.max(left(), STEP);
    }
    return (int) Math.max(0, Math.min(missing, Math.min(LONGEST_PAGE, most - size)));
  }

  void take(Page<HistoryEntry> page) {
    page.items().stream().map(this::withReadFlag).forEach(newestFirst::add);
    older = page.next();
    atTheBeginning = older == null || page.items().isEmpty();
  }

  /** The messages in the order in which they were sent. */
  List<HistoryEntry> entries() {
    return newestFirst.reversed();
  }

  /**
   * The messages, with those of another stream among them by their time. Of that stream only unread
   * messages and those of the same time span count.
   *
   * @param others newest first
   * @param before the end of the time span, ms, exclusive
   */
  List<HistoryEntry> entriesWith(List<HistoryEntry> others, long before) {
    List<HistoryEntry> all = new ArrayList<>(entries());
    long from = atTheBeginning || all.isEmpty() ? Long.MIN_VALUE : oldestMillis();
    int place = 0;
    for (HistoryEntry other : others.reversed()) {
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

  /** The time of the oldest message, ms; the highest number without one. */
  long oldestMillis() {
    return newestFirst.isEmpty() ? Long.MAX_VALUE : newestFirst.getLast().message().timeMillis();
  }

  /** The uuids of the others' unread messages among these. */
  List<String> unreadUuids(List<HistoryEntry> entries) {
    return entries.stream().filter(this::isUnread).map(entry -> entry.message().uuid()).toList();
  }

  /** The number of unread messages before the oldest one here. */
  long left() {
    long found = newestFirst.stream().filter(this::isUnread).count();
    return atTheBeginning ? 0 : Math.max(0, unread - found);
  }

  /** The begin of the next page; null if there are no earlier messages. */
  @Nullable String older() {
    return atTheBeginning ? null : older;
  }

  /**
   * A topic's history tells the number of readers, not whether this user is one of them. The unread
   * messages of a topic are the newest ones of others.
   */
  private HistoryEntry withReadFlag(HistoryEntry entry) {
    if (!talk.isTopic() || !isOfOther(entry)) {
      return entry;
    }
    boolean read = othersFound >= unread;
    othersFound++;
    return new HistoryEntry(entry.message(), read, entry.readers());
  }

  private boolean oldestOfPeerIsUnread() {
    return entries().stream().filter(this::isOfOther).findFirst().map(this::isUnread).orElse(false);
  }

  private boolean isUnread(HistoryEntry entry) {
    return !entry.read() && isOfOther(entry);
  }

  private boolean isOfOther(HistoryEntry entry) {
    String sender = entry.message().sender();
    return talk.isTopic() ? !sender.equals(user) : sender.equals(talk.name());
  }
}
