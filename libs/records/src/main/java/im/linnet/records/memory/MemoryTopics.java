package im.linnet.records.memory;

import im.linnet.records.HistoryCursor;
import im.linnet.records.HistoryMerge;
import im.linnet.records.Membership;
import im.linnet.records.MessagePage;
import im.linnet.records.Readers;
import im.linnet.records.Span;
import im.linnet.records.StoredMessage;
import im.linnet.records.TopicMembers;
import im.linnet.records.TopicPage;
import im.linnet.records.TopicReader;
import im.linnet.records.TopicState;
import im.linnet.records.TopicSummary;
import im.linnet.records.UnreadCounts;
import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.schemas.Stream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers the questions about topics from memory. Safe on any thread. */
final class MemoryTopics implements TopicReader {
  private final Mailboxes mailboxes;
  private final Lock readLock;

  /**
   * @param readLock the store's
   */
  MemoryTopics(Mailboxes mailboxes, Lock readLock) {
    this.mailboxes = mailboxes;
    this.readLock = readLock;
  }

  private <T extends @Nullable Object> T reading(Supplier<T> read) {
    readLock.lock();
    try {
      return read.get();
    } finally {
      readLock.unlock();
    }
  }

  @Override
  public Map<String, TopicState> states(Collection<String> topics) {
    return reading(
        () -> {
          Map<String, TopicState> found = new HashMap<>();
          for (String topic : topics) {
            TopicState state = mailboxes.topics().state(topic);
            if (state != null) {
              found.put(topic, state);
            }
          }
          return found;
        });
  }

  @Override
  public @Nullable TopicSummary lastSummary(String topic) {
    TopicState state = state(topic);
    return state == null ? null : state.summary();
  }

  @Override
  public @Nullable TopicSummary summary(String topic) {
    TopicState state = state(topic);
    return state == null || state.disbanded() ? null : state.summary();
  }

  @Override
  public List<TopicSummary> of(String user) {
    return reading(() -> mailboxes.topics().topics(user));
  }

  @Override
  public TopicMembers members(String topic, @Nullable String after, int limit) {
    return reading(() -> mailboxes.topics().members(topic, after, limit));
  }

  @Override
  public @Nullable Membership membership(String topic, String user) {
    return this.<@Nullable Membership>reading(() -> mailboxes.topics().membership(topic, user));
  }

  @Override
  public List<Membership> memberships(String user) {
    return reading(() -> mailboxes.topics().memberships(user));
  }

  @Override
  public Map<String, Map<String, Integer>> timesJoined(Map<String, Set<String>> users) {
    return reading(
        () -> {
          Map<String, Map<String, Integer>> times = new HashMap<>();
          users.forEach(
              (topic, some) -> times.put(topic, mailboxes.topics().timesJoined(topic, some)));
          return times;
        });
  }

  @Override
  public List<StoredMessage> unread(Membership member, long above, long below, int limit) {
    return reading(
        () -> {
          Mailbox mailbox = mailboxes.mailbox(Stream.TOPIC, member.topic());
          return mailbox == null || !member.isMember()
              ? List.of()
              : mailbox.ofOthers(
                  member.user(), Math.max(above, member.unreadAbove()), below, limit);
        });
  }

  @Override
  public long unreadFloor(Membership member, long above, long below, int limit) {
    return reading(
        () -> {
          Mailbox mailbox = mailboxes.mailbox(Stream.TOPIC, member.topic());
          if (mailbox == null || !member.isMember()) {
            return above;
          }
          List<Span> unread = List.of(new Span(member.unreadAbove() + 1, Span.OPEN));
          int left = limit;
          Iterator<StoredMessage> newest = mailbox.newest(unread, below);
          while (newest.hasNext()) {
            StoredMessage stored = newest.next();
            if (stored.at().offset() <= above) {
              return above;
            }
            if (!stored.message().from().equals(member.user()) && left-- == 0) {
              return stored.at().offset();
            }
          }
          return above;
        });
  }

  @Override
  public List<PeerCount> unreadCounts(List<Membership> memberships) {
    return reading(
        () -> {
          List<PeerCount> counts = new ArrayList<>();
          for (Membership each : memberships) {
            Mailbox mailbox = mailboxes.mailbox(Stream.TOPIC, each.topic());
            if (mailbox != null && each.isMember()) {
              int count = mailbox.countOfOthers(each.user(), each.unreadAbove(), Long.MAX_VALUE);
              if (count > 0) {
                counts.add(UnreadCounts.counted(each.topic(), count));
              }
            }
          }
          return counts;
        });
  }

  @Override
  public TopicPage history(Membership of, @Nullable HistoryCursor before, int limit, int bytes) {
    long below = (before == null ? HistoryMerge.NEWEST : before).received();
    return reading(
        () -> {
          Mailbox mailbox = mailboxes.mailbox(Stream.TOPIC, of.topic());
          if (mailbox == null) {
            return new TopicPage(List.of(), null);
          }
          MessagePage page =
              HistoryMerge.page(
                  mailbox.newest(of.visible(), below), Collections.emptyIterator(), limit, bytes);
          Map<Long, Long> readers = mailboxes.topics().readerCounts(of.topic(), page.messages());
          return new TopicPage(
              page.messages().stream()
                  .map(
                      each ->
                          new TopicPage.Entry(each, readers.getOrDefault(each.at().offset(), 0L)))
                  .toList(),
              page.next());
        });
  }

  @Override
  public Readers readers(StoredMessage message, int names) {
    return reading(
        () -> {
          List<String> all = mailboxes.readers(message);
          return new Readers(all.subList(0, Math.min(names, all.size())), all.size());
        });
  }

  @Override
  public @Nullable StoredMessage find(String topic, String uuid) {
    return this.<@Nullable StoredMessage>reading(
        () -> {
          Mailbox mailbox = mailboxes.mailbox(Stream.TOPIC, topic);
          return mailbox == null ? null : mailbox.findOfAnybody(uuid);
        });
  }
}
