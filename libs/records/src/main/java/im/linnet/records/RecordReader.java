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
   * Checks that the store holds as much as its reader was told. A store that was emptied, or
   * replaced by an older copy, answers queries as if nothing were missing. A reader that takes an
   * answer for complete up to some offset calls this after the queries. One small read.
   *
   * @param view the id of the view that was promised
   * @param reached per partition an offset that the view has reached, exclusive
   * @throws StoreUnavailableException if it is another view, or not that far
   */
  void requireView(String view, Map<StreamPartition, Long> reached);

  /**
   * The records that were delivered under one key, messages among them, in offset order. A message
   * that was recalled or edited since comes in its newest form.
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
   * below}; {@code above} if there are no more than that. It bounds a resume to the newest records.
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
   * @param user the user in whose view it is
   * @param peer the other one
   * @param before the end of the page before; null for the newest page
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

  /** The newest message of that identity; null for none. */
  @Nullable StoredMessage find(Stream stream, String to, String uuid, String from);

  /** The profiles of users, in any order. A user who never set one has none. */
  List<StoredProfile> profiles(Collection<String> users);

  /**
   * The notes of a user about others, by their names.
   *
   * @param after only users after this name; empty for all
   * @param limit at most so many
   */
  List<StoredContact> contacts(String owner, String after, int limit);

  /** The note of a user about one other; null for none. */
  @Nullable StoredContact contact(String owner, String user);

  /**
   * A page of a user's conversations, newest first by the last message: p2p in both directions, and
   * the topics that the user is in. One that gets a message while a client pages may come twice.
   *
   * @param before the end of the page before; null for the first page
   * @param limit conversations in the page
   * @param bytes the page ends before the conversation that would take it beyond so many bytes of
   *     JSON; the first one is in it however large it is
   */
  ConversationPage conversations(
      String user, @Nullable ConversationCursor before, int limit, int bytes);
}
