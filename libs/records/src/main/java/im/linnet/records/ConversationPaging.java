package im.linnet.records;

import static java.util.concurrent.TimeUnit.SECONDS;

import im.linnet.records.ConversationCursor.Place;
import im.linnet.records.ConversationPage.Entry;
import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Pages a user's conversations, newest first by the last message, whatever the store. A store hands
 * over heads by the hours of their conversations, which tell no more than the latest time that the
 * last message may have. So a page is complete once all heads that are left are older than its last
 * one.
 *
 * <p>A conversation that gets a message while a client pages moves to the top. Where its old place
 * lies ahead of the client it would never be listed. So each later page begins with those that have
 * moved since, the longest ago first.
 *
 * <p>The partitions of the log come to a store at their own speed, and brokers' clocks differ. So a
 * message may come after a page and yet be older than the page's newest one. Each page therefore
 * looks again at the last {@link #LATE_MILLIS} before the newest conversation listed, or at the
 * {@link ConversationCursor#MOST_LISTED} newest ones. The cursor names those that were listed
 * there, so one that did not move does not come again, and each page makes progress.
 */
public final class ConversationPaging {
  // The largest size of an entry without its message.
  private static final int AROUND = 256;

  /** How much older by broker time than the newest conversation a late message may be. */
  static final long LATE_MILLIS = 10_000;

  private static final long LAST_OF_SECOND = 999;

  private ConversationPaging() {}

  /**
   * A conversation with the place of its last message.
   *
   * @param kind p2p or topic
   * @param peer the other user, or the topic
   * @param name the topic's name; empty for a user
   * @param to the recipient of the message
   * @param at its place in the log; null in a topic where the user sees no message
   * @param time its broker time, ms; without a message the end of the second of joining
   */
  public record Head(
      Stream kind, String peer, String name, String to, @Nullable Position at, long time) {
    Place place() {
      return new Place(time, kind, peer);
    }

    /** The head of a p2p conversation, in one direction. */
    public static Head p2p(String peer, String to, Position at, long time) {
      return new Head(Stream.P2P, peer, "", to, at, time);
    }

    /**
     * The head of a topic. Without a message it stands at the end of the second of joining, so that
     * a topic that was just joined is not below a message from before.
     *
     * @param message the last message that the member sees, null for none
     */
    public static Head topic(Membership member, String name, @Nullable StoredMessage message) {
      return message == null
          ? topic(member, name, null, SECONDS.toMillis(member.joinTime()) + LAST_OF_SECOND)
          : topic(member, name, message.at(), message.time());
    }

    /** The head of a topic with the place of its last message, and its time. */
    public static Head topic(Membership member, String name, @Nullable Position at, long time) {
      return new Head(Stream.TOPIC, member.topic(), name, member.topic(), at, time);
    }

    /**
     * The newer one of the heads of two directions, by the rule of {@link HistoryMerge}: the later
     * time, at equal times the higher place.
     */
    public static @Nullable Head newer(@Nullable Head one, @Nullable Head other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      return NEWER.compare(one, other) >= 0 ? one : other;
    }

    private static final Comparator<Head> NEWER =
        Comparator.comparingLong(Head::time)
            .thenComparing(head -> head.message().place())
            .thenComparingLong(head -> head.message().offset());

    private Position message() {
      return Objects.requireNonNull(at);
    }
  }

  /** The heads of a user's conversations, those of the latest hours first. */
  public interface Heads {
    /** Some more, each conversation once. */
    List<Head> next();

    /** A time, ms, that all heads left are older than; null if none is left. */
    @Nullable Long leftBelow();
  }

  /** The answers of a store about a selection. */
  public interface Details {
    /** The messages of those heads that have one, by their places. */
    Map<Position, TopicPage.Entry> messages(Collection<Head> heads);

    /** The unread messages in some conversations; one without any may be absent. */
    Map<Head, PeerCount> unread(Collection<Head> heads);
  }

  /**
   * A page.
   *
   * @param before the end of the page before; null for the first page
   * @param limit conversations in the page
   * @param bytes the page ends before the conversation whose message would take it beyond so many
   *     bytes of JSON; the first one is in it however large it is
   */
  public static ConversationPage page(
      Heads heads, Details details, @Nullable ConversationCursor before, int limit, int bytes) {
    List<Head> selected = select(heads, before, limit + 1);
    List<Head> first = selected.subList(0, Math.min(limit, selected.size()));
    Map<Position, TopicPage.Entry> messages = details.messages(first);
    List<Head> listed = new ArrayList<>();
    long left = bytes;
    for (Head head : first) {
      TopicPage.Entry last = message(messages, head);
      left -= AROUND + (last == null ? 0 : last.stored().value().length);
      if (left < 0 && !listed.isEmpty()) {
        break;
      }
      listed.add(head);
    }
    Map<Head, PeerCount> unread = details.unread(listed);
    List<Entry> entries =
        listed.stream()
            .sorted(Comparator.comparing(Head::place))
            .map(
                head ->
                    new Entry(
                        head.kind,
                        head.name,
                        message(messages, head),
                        unread.getOrDefault(head, new PeerCount(head.peer, 0, false))))
            .toList();
    return new ConversationPage(
        entries, listed.size() == selected.size() ? null : cursor(listed, before));
  }

  private static TopicPage.@Nullable Entry message(
      Map<Position, TopicPage.Entry> messages, Head head) {
    if (head.at == null) {
      return null;
    }
    TopicPage.Entry found = messages.get(head.at);
    if (found == null) {
      throw new StoreUnavailableException("the last message of a conversation is gone");
    }
    return found;
  }

  /** The first conversations that the page may list, in the order in which it takes them. */
  private static List<Head> select(Heads heads, @Nullable ConversationCursor before, int most) {
    List<Head> seen = new ArrayList<>();
    while (true) {
      Long left = heads.leftBelow();
      List<Head> taken = take(seen, before, left);
      if (left == null || taken.size() >= most) {
        return taken.subList(0, Math.min(most, taken.size()));
      }
      seen.addAll(heads.next());
    }
  }

  /**
   * @param left a time that all heads that were not seen are older than, null if all were seen
   */
  private static List<Head> take(
      List<Head> seen, @Nullable ConversationCursor before, @Nullable Long left) {
    List<Head> settled =
        seen.stream()
            .filter(head -> left == null || head.time >= left)
            .sorted(Comparator.comparing(Head::place))
            .toList();
    if (before == null) {
      return settled;
    }
    if (left != null && left > before.moved().time()) {
      // Others may have moved, too.
      return List.of();
    }
    List<Head> taken = new ArrayList<>();
    List<Head> others = new ArrayList<>();
    settled.forEach(
        head -> {
          Place place = head.place();
          if (before.before().isNewerThan(place)) {
            others.add(head);
          } else if (place.isNewerThan(before.moved()) && !before.listed().contains(place)) {
            taken.add(0, head);
          }
        });
    taken.addAll(others);
    return taken;
  }

  private static ConversationCursor cursor(List<Head> page, @Nullable ConversationCursor before) {
    List<Place> places = page.stream().map(Head::place).toList();
    Place last = Collections.max(places);
    NavigableSet<Place> listed = new TreeSet<>(places);
    if (before != null) {
      last = before.before().isNewerThan(last) ? last : before.before();
      listed.addAll(before.listed());
    }
    // The first place of its time.
    Place moved = new Place(listed.first().time() - LATE_MILLIS, Stream.P2P, "");
    if (before != null && before.moved().isNewerThan(moved)) {
      moved = before.moved();
    }
    listed = listed.headSet(moved, false);
    while (listed.size() > ConversationCursor.MOST_LISTED) {
      moved = Objects.requireNonNull(listed.pollLast());
    }
    return new ConversationCursor(moved, last, listed);
  }
}
