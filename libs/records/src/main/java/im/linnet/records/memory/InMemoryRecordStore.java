package im.linnet.records.memory;

import im.linnet.records.Circle;
import im.linnet.records.CommandId;
import im.linnet.records.ConversationCursor;
import im.linnet.records.ConversationPage;
import im.linnet.records.Digest;
import im.linnet.records.HistoryCursor;
import im.linnet.records.HistoryMerge;
import im.linnet.records.InboxRecord;
import im.linnet.records.MessagePage;
import im.linnet.records.PairState;
import im.linnet.records.RecordPlan;
import im.linnet.records.RecordStore;
import im.linnet.records.Relations;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.StoredContact;
import im.linnet.records.StoredMessage;
import im.linnet.records.StoredProfile;
import im.linnet.records.StoredRequest;
import im.linnet.records.StoredVerdict;
import im.linnet.records.TopicReader;
import im.linnet.records.UnreadCounts;
import im.linnet.records.ViewCollection;
import im.linnet.records.ViewState;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The view in this process's memory, rebuilt from the log's start by each process that has one; so
 * each has a new view id. It holds the records' bytes once, about 100 bytes beside them for each,
 * and is bounded by a number of records.
 *
 * <p>Safe on any thread: a plan is applied as a whole, and readers see all of it or nothing.
 */
public final class InMemoryRecordStore implements RecordStore {
  /** The default of the number of delivered records that the view holds. */
  public static final int DEFAULT_MAX_RECORDS = 5_000_000;

  private final String id = UUID.randomUUID().toString();
  private final int maxRecords;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  // All below guarded by the lock.
  private final Mailboxes mailboxes = new Mailboxes(ThreadLocalRandom.current().nextLong());
  private final MemoryMessages messages = new MemoryMessages(mailboxes);
  private final MemoryTopics topics = new MemoryTopics(mailboxes, lock.readLock());
  private final Map<StreamPartition, Long> next = new HashMap<>();
  private final PresenceTable presence = new PresenceTable();
  private @Nullable String logId;

  public InMemoryRecordStore() {
    this(DEFAULT_MAX_RECORDS);
  }

  /**
   * A view of bounded size.
   *
   * @param maxRecords delivered records that it takes
   */
  public InMemoryRecordStore(int maxRecords) {
    if (maxRecords < 1) {
      throw new IllegalArgumentException("maxRecords " + maxRecords + " is below 1");
    }
    this.maxRecords = maxRecords;
  }

  @Override
  public ViewState open(String log) {
    return writing(
        () -> {
          if (logId != null && !logId.equals(log)) {
            throw new StoreUnusableException(
                "this view is of the log " + logId + ", not of " + log);
          }
          logId = log;
          return new ViewState(id, log, next, null);
        });
  }

  @Override
  public void check() {
    // Memory is always there.
  }

  @Override
  public ViewState state() {
    return reading(
        () -> {
          if (logId == null) {
            throw new IllegalStateException("the view was not opened");
          }
          return new ViewState(id, logId, next, null);
        });
  }

  @Override
  public void requireView(String view, Map<StreamPartition, Long> reached) {
    state().requireView(view, reached);
  }

  /** How full the view is: 0 empty, 1 at its bound. */
  public double fillRatio() {
    return reading(() -> (double) mailboxes.records() / maxRecords);
  }

  /**
   * {@inheritDoc}
   *
   * @throws StoreUnusableException if the plan does not fit, or leaves a gap; nothing of it is
   *     applied then
   */
  @Override
  public @Nullable String apply(RecordPlan plan) {
    writing(
        () -> {
          if (mailboxes.records() + plan.documents() > maxRecords) {
            throw new StoreUnusableException(
                "the in-memory view is full at "
                    + maxRecords
                    + " records: raise --view-records, or keep the view in MongoDB (--mongodb URI),"
                    + " which builds it from the same log");
          }
          state().requireNoGap(plan.from());
          plan.changes().forEach(change -> change.apply(mailboxes));
          plan.next().forEach((place, offset) -> next.merge(place, offset, Math::max));
          return true;
        });
    return null;
  }

  @Override
  public void advance(@Nullable String storeTime) {
    // Each read sees all plans that were applied before it.
  }

  @Override
  public List<InboxRecord> delivered(Stream stream, String key, long above, long below, int limit) {
    return reading(() -> messages.delivered(stream, key, above, below, limit));
  }

  @Override
  public long deliveredFloor(Stream stream, String key, long above, long below, int limit) {
    return reading(() -> messages.deliveredFloor(stream, key, above, below, limit));
  }

  @Override
  public List<StoredMessage> unreadMessages(
      Stream stream, String user, long above, long below, int limit) {
    return reading(() -> messages.unread(stream, user, above, below, limit));
  }

  @Override
  public long unreadFloor(Stream stream, String user, long above, long below, int limit) {
    return reading(() -> messages.unreadFloor(stream, user, above, below, limit));
  }

  @Override
  public UnreadCounts unread(String user) {
    return reading(
        () -> messages.unread(user).withTopics(topics.unreadCounts(topics.memberships(user))));
  }

  @Override
  public TopicReader topics() {
    return topics;
  }

  @Override
  public MessagePage history(
      Stream stream,
      String user,
      String peer,
      @Nullable HistoryCursor before,
      int limit,
      int bytes) {
    HistoryCursor cursor = before == null ? HistoryMerge.NEWEST : before;
    return reading(() -> messages.history(stream, user, peer, cursor, limit, bytes));
  }

  @Override
  public @Nullable StoredMessage received(Stream stream, String to, String uuid) {
    return this.<@Nullable StoredMessage>reading(() -> messages.received(stream, to, uuid));
  }

  @Override
  public @Nullable StoredMessage find(Stream stream, String to, String uuid, String from) {
    return this.<@Nullable StoredMessage>reading(() -> messages.find(stream, to, uuid, from));
  }

  @Override
  public Relations relations(String user) {
    return reading(() -> mailboxes.people().relations(user));
  }

  @Override
  public List<StoredRequest> requests(String user, int limit) {
    return reading(() -> mailboxes.people().requests(user, limit));
  }

  @Override
  public Map<String, PairState> pairs(Collection<PairState> pairs) {
    return reading(() -> mailboxes.people().pairs(pairs));
  }

  @Override
  public Map<String, Integer> sizes(Circle circle, Collection<String> users) {
    return reading(() -> mailboxes.people().sizes(circle, users));
  }

  @Override
  public Map<CommandId, StoredVerdict> verdicts(Collection<CommandId> commands) {
    return reading(() -> mailboxes.people().verdicts(commands));
  }

  @Override
  public List<StoredProfile> profiles(Collection<String> users) {
    return reading(() -> mailboxes.people().profiles(users));
  }

  @Override
  public List<StoredContact> contacts(String owner, String after, int limit) {
    return reading(() -> mailboxes.contacts().page(owner, after, limit));
  }

  @Override
  public @Nullable StoredContact contact(String owner, String user) {
    return this.<@Nullable StoredContact>reading(() -> mailboxes.contacts().of(owner, user));
  }

  @Override
  public ConversationPage conversations(
      String user, @Nullable ConversationCursor before, int limit, int bytes) {
    return reading(() -> new ConversationReads(mailboxes, topics, user).page(before, limit, bytes));
  }

  @Override
  public void savePresence(Collection<PresenceEntry> entries) {
    writing(
        () -> {
          entries.forEach(presence::save);
          return true;
        });
  }

  @Override
  public void saveEdges(String trackerAddress, List<String> edgeAddresses) {
    writing(
        () -> {
          presence.saveEdges(trackerAddress, edgeAddresses);
          return true;
        });
  }

  /** The presence fields of a user; null if none were saved. */
  public @Nullable PresenceEntry presence(String user) {
    return this.<@Nullable PresenceEntry>reading(() -> presence.user(user));
  }

  /** The live edges as that presence-tracker saved them; empty if it did not. */
  public List<String> edges(String trackerAddress) {
    return reading(() -> presence.edges(trackerAddress));
  }

  @Override
  public Digest digest() {
    return reading(() -> ViewCollection.digest(mailboxes));
  }

  @Override
  public void close() {
    // Nothing is held but memory.
  }

  private <T extends @Nullable Object> T reading(Supplier<T> read) {
    lock.readLock().lock();
    try {
      return read.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  private <T extends @Nullable Object> T writing(Supplier<T> write) {
    lock.writeLock().lock();
    try {
      return write.get();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
