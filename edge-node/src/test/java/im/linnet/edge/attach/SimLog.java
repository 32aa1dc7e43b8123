package im.linnet.edge.attach;

import im.linnet.log.tail.LogScanner;
import im.linnet.records.Circle;
import im.linnet.records.CommandId;
import im.linnet.records.ConversationCursor;
import im.linnet.records.ConversationPage;
import im.linnet.records.HistoryCursor;
import im.linnet.records.InboxRecord;
import im.linnet.records.Membership;
import im.linnet.records.MessagePage;
import im.linnet.records.PairState;
import im.linnet.records.RecordReader;
import im.linnet.records.Relations;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoredContact;
import im.linnet.records.StoredMessage;
import im.linnet.records.StoredProfile;
import im.linnet.records.StoredRequest;
import im.linnet.records.StoredVerdict;
import im.linnet.records.TopicReader;
import im.linnet.records.UnreadCounts;
import im.linnet.records.ViewState;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.Audience;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.ReadEvent;
import im.linnet.schemas.event.ReceiptEvent;
import im.linnet.schemas.event.SentEvent;
import im.linnet.schemas.event.TopicFact;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A log in memory that knows of each record whether it counts, and the view of it: the truth that a
 * simulated edge is compared with.
 */
final class SimLog implements RecordReader, LogScanner {
  static final TopicCatalogue CATALOGUE = new TopicCatalogue(2, 1, 1);
  static final String VIEW = "view";

  private static final List<Stream> STREAMS =
      List.of(Stream.P2P, Stream.P2P, Stream.P2P, Stream.MUTUAL, Stream.TOPIC, Stream.TOPIC);

  private final Random random;
  private final Map<StreamPartition, Part> parts = new HashMap<>();
  final SimTopics topics;
  private long time = 1_760_000_000_000L;
  private int made;
  boolean storeFails;

  /** The questions to the view. */
  final List<String> asked = new ArrayList<>();

  /** After how many records a scan ends early, about. */
  int recordsPerScan = 30;

  /** A record and what is true of it. */
  record Entry(LogRecord record, InboxEvent event, boolean counts) {
    long offset() {
      return record.offset();
    }

    /** Whether it stands under that key. */
    boolean isUnder(String key) {
      return event.owner().equals(key);
    }
  }

  /** One partition. */
  static final class Part {
    final List<Entry> entries = new ArrayList<>();
    final Set<String> identities = new HashSet<>();
    long end;
    long applied;

    long newestTime() {
      return entries.isEmpty() ? 0 : entries.getLast().record().timestamp();
    }

    long firstSince(long since) {
      for (Entry entry : entries) {
        if (entry.record().timestamp() >= since) {
          return entry.offset();
        }
      }
      return end;
    }
  }

  SimLog(Random random) {
    this.random = random;
    this.topics = new SimTopics(random);
    for (int i = 0; i < CATALOGUE.users(); i++) {
      parts.put(new StreamPartition(Stream.P2P, i), new Part());
      parts.put(new StreamPartition(Stream.MUTUAL, i), new Part());
    }
    parts.put(new StreamPartition(Stream.TOPIC, 0), new Part());
  }

  /** Whether a user receives a record that counts. */
  boolean receives(String user, Entry entry) {
    return entry.event().kind() == Stream.TOPIC
        ? topics.receives(user, entry.event(), entry.offset())
        : entry.isUnder(user);
  }

  static int partition(String user) {
    return CATALOGUE.partition(Stream.P2P, bytes(user));
  }

  Part part(StreamPartition partition) {
    return parts.get(partition);
  }

  Collection<StreamPartition> partitions() {
    return parts.keySet().stream().sorted().toList();
  }

  /** Appends something for a user, now and then something that does not count. */
  void append(String user, String peer, @Nullable String session) {
    Stream stream = STREAMS.get(random.nextInt(STREAMS.size()));
    StreamPartition place =
        new StreamPartition(stream, stream == Stream.TOPIC ? 0 : partition(user));
    Part part = part(place);
    time += random.nextInt(20) == 0 ? 9_000 : random.nextInt(700);
    if (random.nextInt(10) == 0) {
      part.end++; // a transaction marker
    }
    Entry again = random.nextInt(6) == 0 ? recent(part) : null;
    if (again != null) {
      add(part, again.event(), session, time, false);
      return;
    }
    InboxEvent event =
        stream == Stream.TOPIC
            ? topics.next(user, peer, "m" + made++, part.end)
            : event(stream, part, user, peer);
    if (event instanceof TopicFact) {
      add(part, event, session, time, true);
      return;
    }
    switch (random.nextInt(14)) {
      case 0 -> add(part, event, session, time - 20_001, false);
      case 1 -> addMalformed(part, event);
      default -> add(part, event, session, time - random.nextInt(20_000), true);
    }
  }

  /** A message that counts and is recent enough to be sent again. */
  private @Nullable Entry recent(Part part) {
    for (Entry entry : part.entries) {
      if (entry.counts()
          && entry.event() instanceof MessageEvent
          && time - entry.record().timestamp() <= 20_000
          && random.nextInt(3) == 0) {
        return entry;
      }
    }
    return null;
  }

  private InboxEvent event(Stream stream, Part part, String user, String peer) {
    String uuid = "m" + made++;
    Position somewhere = new Position(stream, partition(user), random.nextInt((int) part.end + 1));
    Position theirs = new Position(stream, partition(peer), somewhere.offset());
    ReadEvent read = new ReadEvent(stream, user, peer, new Extent.UpTo(somewhere));
    return switch (random.nextInt(8)) {
      case 0 -> read;
      case 1 ->
          new ReceiptEvent(
              new ReadEvent(stream, peer, user, new Extent.Uuids(List.of(uuid))),
              new Origin(theirs, time));
      case 2 ->
          new SentEvent(
              new MessageEvent(stream, uuid, user, peer, "text", uuid), new Origin(theirs, time));
      default -> new MessageEvent(stream, uuid, peer, user, "text", uuid);
    };
  }

  private void add(
      Part part, InboxEvent event, @Nullable String session, long published, boolean counts) {
    put(part, event, InboxEventCodec.encode(event), session, published, counts);
  }

  private void addMalformed(Part part, InboxEvent event) {
    // Its headers name no identity that anything else has.
    put(part, event, bytes("[]"), null, time, false);
  }

  private void put(
      Part part,
      InboxEvent event,
      byte[] value,
      @Nullable String session,
      long published,
      boolean counts) {
    EventHeaders headers =
        new EventHeaders(
            bytes(event.type()),
            bytes(event.id("r" + made++)),
            bytes(event.source()),
            EventTime.format(published),
            session == null ? null : bytes(session));
    LogRecord record =
        new LogRecord(
            event.kind().topic(),
            event.kind() == Stream.TOPIC ? 0 : partition(event.owner()),
            part.end++,
            time,
            bytes(event.owner()),
            value,
            headers);
    part.entries.add(new Entry(record, event, counts));
    if (counts && event.kind() == Stream.TOPIC) {
      topics.stands(event, record.offset());
    }
  }

  // The view.

  @Override
  public void advance(@Nullable String storeTime) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void requireView(String view, Map<StreamPartition, Long> reached) {
    asked.add("requireView");
    if (storeFails) {
      throw new StoreUnavailableException("simulated");
    }
    Map<StreamPartition, Long> next = new HashMap<>();
    parts.forEach((partition, part) -> next.put(partition, part.applied));
    new ViewState(VIEW, "log", next, null).requireView(view, reached);
  }

  private static boolean stands(Entry entry, String key) {
    return entry.event() instanceof ReadEvent read && read.audience() == Audience.READER
        ? key.equals(InboxRecord.readerKey(0, read.reader()))
        : entry.isUnder(key);
  }

  private List<Entry> between(Stream stream, String key, long above, long below) {
    asked.add("records");
    Part part = part(new StreamPartition(stream, stream == Stream.TOPIC ? 0 : partition(key)));
    assert below <= part.applied : "read beyond what is applied";
    List<Entry> found = new ArrayList<>();
    for (Entry entry : part.entries) {
      if (entry.counts()
          && stands(entry, key)
          && entry.offset() > above
          && entry.offset() < below) {
        found.add(entry);
      }
    }
    return found;
  }

  @Override
  public List<InboxRecord> delivered(Stream stream, String key, long above, long below, int limit) {
    return between(stream, key, above, below).stream()
        .limit(limit)
        .map(
            each ->
                new InboxRecord(
                    stream,
                    key,
                    each.record().partition(),
                    each.offset(),
                    each.record().timestamp(),
                    each.record().value()))
        .toList();
  }

  @Override
  public long deliveredFloor(Stream stream, String key, long above, long below, int limit) {
    return floor(between(stream, key, above, below), above, limit);
  }

  private static long floor(List<Entry> entries, long above, int limit) {
    int left = entries.size() - limit;
    return left <= 0 ? above : entries.get(left - 1).offset();
  }

  private List<Entry> unread(Stream stream, String user, long above, long below) {
    Part part = part(new StreamPartition(stream, partition(user)));
    return between(stream, user, above, below).stream()
        .filter(each -> isUnread(user, part, each, part.applied))
        .toList();
  }

  /** Whether a message is unread for a user who receives it, as the whole log says. */
  boolean isUnread(String user, Part part, Entry entry) {
    return isUnread(user, part, entry, part.end);
  }

  private boolean isUnread(String user, Part part, Entry entry, long below) {
    if (!(entry.event() instanceof MessageEvent message)) {
      return false;
    }
    boolean ofTopic = message.kind() == Stream.TOPIC;
    if (ofTopic) {
      TopicSpans spans = topics.of(user, message.to()).before(below);
      if (message.from().equals(user)
          || !spans.open()
          || entry.offset() < spans.spans().getLast().join()) {
        return false;
      }
    }
    return !isRead(part, entry, user, ofTopic ? message.to() : message.from(), below);
  }

  /** Whether the log below an offset says that a message is read. */
  private static boolean isRead(Part part, Entry message, String reader, String peer, long below) {
    for (Entry entry : part.entries) {
      if (entry.offset() < below
          && entry.offset() > message.offset()
          && entry.counts()
          && entry.event() instanceof ReadEvent read
          && read.reader().equals(reader)
          && read.peer().equals(peer)
          && read.extent() instanceof Extent.UpTo mark
          && mark.upTo().offset() >= message.offset()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<StoredMessage> unreadMessages(
      Stream stream, String user, long above, long below, int limit) {
    return messages(unread(stream, user, above, below), limit);
  }

  private static List<StoredMessage> messages(List<Entry> entries, int limit) {
    return entries.stream()
        .limit(limit)
        .map(
            each ->
                new StoredMessage(
                    (MessageEvent) each.event(),
                    new Position(each.event().kind(), each.record().partition(), each.offset()),
                    each.record().timestamp(),
                    false))
        .toList();
  }

  @Override
  public long unreadFloor(Stream stream, String user, long above, long below, int limit) {
    return floor(unread(stream, user, above, below), above, limit);
  }

  @Override
  public TopicReader topics() {
    return (TopicReader)
        Proxy.newProxyInstance(
            TopicReader.class.getClassLoader(),
            new Class<?>[] {TopicReader.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "memberships" -> memberships((String) args[0]);
                  case "unread" ->
                      messages(
                          unread((Membership) args[0], (long) args[1], (long) args[2]),
                          (int) args[3]);
                  case "unreadFloor" ->
                      floor(
                          unread((Membership) args[0], (long) args[1], (long) args[2]),
                          (long) args[1],
                          (int) args[3]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private List<Membership> memberships(String user) {
    asked.add("memberships");
    // A view may have gone on since it was asked how far it is.
    Part part = part(new StreamPartition(Stream.TOPIC, 0));
    long below = part.applied + random.nextInt((int) (part.end - part.applied) + 1);
    List<Membership> found = new ArrayList<>();
    for (String topic : topics.all()) {
      TopicSpans spans = topics.of(user, topic).before(below);
      if (!spans.spans().isEmpty()) {
        found.add(new Membership(topic, 0, user, false, 0, spans.spans(), -1));
      }
    }
    return found;
  }

  private List<Entry> unread(Membership member, long above, long below) {
    Part part = part(new StreamPartition(Stream.TOPIC, 0));
    return between(Stream.TOPIC, member.topic(), above, below).stream()
        .filter(each -> isUnread(member.user(), part, each, part.applied))
        .toList();
  }

  // The log itself.

  @Override
  public Scan scan(StreamPartition partition, long from, long to, Wanted wanted) {
    Set<String> keys = new HashSet<>(wanted.keys());
    Map<String, List<LogRecord>> found = new HashMap<>();
    long next = from;
    for (Entry entry : part(partition).entries) {
      if (entry.offset() < from || entry.offset() >= to) {
        continue;
      }
      if (entry.offset() > from && random.nextInt(recordsPerScan) == 0) {
        return new Scan(next, found);
      }
      next = entry.offset() + 1;
      if (entry.counts()
          && !keys.contains(entry.event().owner())
          && wanted.joins().test(entry.record())) {
        keys.add(entry.event().owner());
      }
      if (entry.counts() && keys.contains(entry.event().owner())) {
        found.computeIfAbsent(entry.event().owner(), each -> new ArrayList<>()).add(entry.record());
      }
    }
    return new Scan(to, found);
  }

  @Override
  public ViewState state() {
    throw new UnsupportedOperationException();
  }

  @Override
  public UnreadCounts unread(String user) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MessagePage history(
      Stream stream,
      String user,
      String peer,
      @Nullable HistoryCursor before,
      int limit,
      int bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable StoredMessage received(Stream stream, String to, String uuid) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<StoredProfile> profiles(Collection<String> users) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<StoredContact> contacts(String owner, String after, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable StoredContact contact(String owner, String user) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ConversationPage conversations(
      String user, @Nullable ConversationCursor before, int limit, int bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable StoredMessage find(Stream stream, String to, String uuid, String from) {
    throw new UnsupportedOperationException();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Map<String, Integer> sizes(Circle circle, Collection<String> users) {
    return Map.of();
  }

  @Override
  public Relations relations(String user) {
    return Relations.NONE;
  }

  @Override
  public List<StoredRequest> requests(String user, int limit) {
    return List.of();
  }

  @Override
  public Map<String, PairState> pairs(Collection<PairState> pairs) {
    return Map.of();
  }

  @Override
  public Map<CommandId, StoredVerdict> verdicts(Collection<CommandId> commands) {
    return Map.of();
  }
}
