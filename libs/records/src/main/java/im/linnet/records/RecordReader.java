package im.linnet.records;

import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An edge's side of the view. Reads are at least as fresh as the newest store time that was handed
 * in by {@link #advance}.
 */
public interface RecordReader extends RelationReader {
  /** Makes every later read at least as fresh as that causal time; null is ignored. */
  void advance(@Nullable String storeTime);

  /** The view's own position. */
  ViewState state();

  /**
   * Checks that the store holds what its reader was promised. A store that was emptied, or replaced
   * by an older copy, answers queries as if nothing were missing; so whoever takes an answer for
   * complete up to some offset calls this behind the queries. One small read.
   *
   * @param view the id of the view that was promised
   * @param reached per partition an offset that the view has reached, exclusive
   * @throws StoreUnavailableException where it is another view, or not that far
   */
  void requireView(String view, Map<StreamPartition, Long> reached);

  /**
   * What was delivered under one key, messages among it, in offset order. A message that was
   * recalled or edited since comes in its newest form.
   *
   * @param stream the stream
   * @param key the user or topic
   * @param above only offsets above this one (exclusive)
   * @param below only offsets below this one (exclusive)
   * @param limit at most so many, the lowest offsets first
   */
  List<InboxRecord> delivered(Stream stream, String key, long above, long below, int limit);

  /**
   * The offset above which exactly {@code limit} delivered records of a key lie below {@code
   * below}; {@code above} where there are no more than that. It bounds a resume to the newest
   * records.
   */
  long deliveredFloor(Stream stream, String key, long above, long below, int limit);

  /**
   * Messages that the user has not read, in offset order, as {@code history} would show them.
   *
   * @param stream p2p or mutual
   * @param user the recipient
   * @param above only offsets above this one (exclusive)
   * @param below only offsets below this one (exclusive)
   * @param limit at most so many, the lowest offsets first
   */
  List<StoredMessage> unreadMessages(Stream stream, String user, long above, long below, int limit);

  /** As {@link #deliveredFloor}, for unread messages. */
  long unreadFloor(Stream stream, String user, long above, long below, int limit);

  /** How much is unread, counted now. */
  UnreadCounts unread(String user);

  /**
   * A page of a conversation, newest first, both directions merged by broker time, each direction
   * in its log order.
   *
   * @param stream p2p or mutual
   * @param user who asks
   * @param peer the other one
   * @param before where the page before ended, null for the newest page
   * @param limit messages in the page
   * @param bytes the page ends before the message that would take it beyond so many bytes of JSON,
   *     as messages are pushed; the first one is in it however large it is
   */
  MessagePage history(
      Stream stream,
      String user,
      String peer,
      @Nullable HistoryCursor before,
      int limit,
      int bytes);

  /** The questions about topics. */
  TopicReader topics();

  /** Whether a message of that uuid stands in the inbox of a user, from any sender. */
  default boolean holds(Stream stream, String to, String uuid) {
    return received(stream, to, uuid) != null;
  }

  /** The newest message of that uuid in the inbox of a user, from any sender; null if none is. */
  @Nullable StoredMessage received(Stream stream, String to, String uuid);

  /** The newest message of that identity, null where the view has none. */
  @Nullable StoredMessage find(Stream stream, String to, String uuid, String from);

  /** What users show of themselves, of those who show something or once did; in any order. */
  List<StoredProfile> profiles(Collection<String> users);

  /**
   * What a user noted about others, by their names.
   *
   * @param after only users behind this name; empty for all
   * @param limit at most so many
   */
  List<StoredContact> contacts(String owner, String after, int limit);

  /** What a user noted about one other, null where that is nothing. */
  @Nullable StoredContact contact(String owner, String user);

  /**
   * A page of a user's conversations, newest first by the last message: p2p in both directions, and
   * the topics that the user is in. One that gets a message while a client pages may come twice.
   *
   * @param before where the page before ended, null for the first page
   * @param limit conversations in the page
   * @param bytes the page ends before the conversation that would take it beyond so many bytes of
   *     JSON; the first one is in it however large it is
   */
  ConversationPage conversations(
      String user, @Nullable ConversationCursor before, int limit, int bytes);
}
