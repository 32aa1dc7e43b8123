package im.linnet.records;

import im.linnet.records.UnreadCounts.PeerCount;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The questions about topics, and their members. {@link RecordReader#delivered} tells what was
 * delivered in a topic, with the topic as the key. The read marks that one reader alone is told of
 * stand under {@link InboxRecord#readerKey}.
 */
public interface TopicReader {
  /** Those of these topics that are or were there, by id, each with all its members. */
  Map<String, TopicState> states(Collection<String> topics);

  /** A topic with all its members, also a disbanded one; null if there never was one. */
  default @Nullable TopicState state(String topic) {
    return states(List.of(topic)).get(topic);
  }

  /** The data of a topic after its last fact, also of a disbanded one. */
  @Nullable TopicSummary lastSummary(String topic);

  /** The data of a topic for its members; null if there is none, or no longer one. */
  @Nullable TopicSummary summary(String topic);

  /** The topics that a user is a member of, by id. */
  List<TopicSummary> of(String user);

  /**
   * Members of a topic by name.
   *
   * @param after only names after this one; null for the first
   * @param limit at most so many
   */
  TopicMembers members(String topic, @Nullable String after, int limit);

  /** The part of a topic that a user may see; null if it never was a member. */
  @Nullable Membership membership(String topic, String user);

  /** The part that a user may see of each topic that it is or was a member of, by topic. */
  List<Membership> memberships(String user);

  /**
   * How often users became members of topics, by topic and user; a user who never did may be
   * absent.
   *
   * @param users the users in question, by topic
   */
  Map<String, Map<String, Integer>> timesJoined(Map<String, Set<String>> users);

  /**
   * Messages of others that a member has not read since it joined last, in offset order, as {@code
   * history} would show them.
   *
   * @param above only offsets above this one (exclusive)
   * @param below only offsets below this one (exclusive)
   * @param limit at most so many, the lowest offsets first
   */
  List<StoredMessage> unread(Membership member, long above, long below, int limit);

  /** As {@link RecordReader#deliveredFloor}, for {@link #unread}. */
  long unreadFloor(Membership member, long above, long below, int limit);

  /**
   * How much is unread in each of these topics of a member that has unread messages, in their
   * order; of each at most {@link UnreadCounts#MOST}.
   */
  List<PeerCount> unreadCounts(List<Membership> memberships);

  /**
   * A page of a topic's messages that a user can see, newest first.
   *
   * @param before the end of the page before; null for the newest page
   * @param limit messages in the page
   * @param bytes as in {@link RecordReader#history}
   */
  TopicPage history(Membership of, @Nullable HistoryCursor before, int limit, int bytes);

  /**
   * The readers of a topic's message. A reader's mark covers the message, and the reader was a
   * member then, or the topic shows its history.
   *
   * @param names at most so many names
   */
  Readers readers(StoredMessage message, int names);

  /** The newest message of that uuid in a topic, from any sender; null for none. */
  @Nullable StoredMessage find(String topic, String uuid);
}
