package im.linnet.records.memory;

import im.linnet.records.InboxRecord;
import im.linnet.records.MessageDocument;
import im.linnet.records.StoredMessage;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.MessageEvent;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was delivered under one key of a stream, by offset, in parallel arrays. A message
 * is kept once, as its record's bytes, and decoded when it is asked for. Guarded by the store's
 * lock.
 */
final class Mailbox {
  private final Stream stream;
  private final String key;
  private final int partition;
  private final long seed;
  private final Map<String, Conversation> conversations = new HashMap<>();
  private final IdentityIndex identities = new IdentityIndex();
  private final Offsets offsets = new Offsets();
  private long[] times = new long[Offsets.INITIAL];
  private byte[][] values = new byte[Offsets.INITIAL][];

  Mailbox(Stream stream, String key, int partition, long seed) {
    this.stream = stream;
    this.key = key;
    this.partition = partition;
    this.seed = seed | 1;
  }

  /** Adds a delivered record; false where its offset is there. */
  boolean add(InboxRecord delivered) {
    long offset = delivered.offset();
    int at = offsets.indexOf(offset);
    if (offsets.isAt(at, offset)) {
      return false;
    }
    if (offsets.size() == times.length) {
      times = Arrays.copyOf(times, Offsets.grown(times.length));
      values = Arrays.copyOf(values, times.length);
    }
    shift(at, at + 1);
    offsets.insert(at, offset);
    times[at] = delivered.time();
    values[at] = delivered.value();
    return true;
  }

  /** Takes a record out again: it turned out to be a duplicate. */
  boolean remove(long offset) {
    int at = offsets.indexOf(offset);
    if (!offsets.isAt(at, offset)) {
      return false;
    }
    shift(at + 1, at);
    offsets.remove(at);
    return true;
  }

  private void shift(int from, int to) {
    int count = offsets.size() - from;
    System.arraycopy(times, from, times, to, count);
    System.arraycopy(values, from, values, to, count);
  }

  /** Makes an added record a message; false where one of that identity stands elsewhere. */
  boolean addMessage(MessageEvent message, long offset) {
    long hash = hash(message.uuid(), message.from());
    long known = find(hash, message.uuid(), message.from());
    if (known < 0) {
      identities.add(hash, offset);
      conversations.computeIfAbsent(message.from(), from -> new Conversation()).add(offset);
      return true;
    }
    return known == offset;
  }

  /** The offset of the message of that identity, -1 where there is none. */
  long find(String uuid, String from) {
    return find(hash(uuid, from), uuid, from);
  }

  private long find(long hash, String uuid, String from) {
    return identities.find(
        hash,
        offset -> {
          MessageEvent message = decode(values[offsets.indexOf(offset)]);
          return message.uuid().equals(uuid) && message.from().equals(from);
        });
  }

  // The factor differs from store to store, so that nobody can choose uuids that collide.
  private long hash(String uuid, String from) {
    long hash = seed;
    for (int i = 0; i < from.length(); i++) {
      hash = hash * seed + from.charAt(i);
    }
    hash = hash * seed + '/';
    for (int i = 0; i < uuid.length(); i++) {
      hash = hash * seed + uuid.charAt(i);
    }
    hash ^= hash >>> 29;
    hash *= 0xBF58476D1CE4E5B9L; // splitmix64's finaliser
    return hash ^ (hash >>> 32);
  }

  @Nullable Conversation conversation(String peer) {
    return conversations.get(peer);
  }

  Map<String, Conversation> conversations() {
    return Collections.unmodifiableMap(conversations);
  }

  /** Hands over what was delivered, by offset. */
  void forEachRecord(Consumer<? super InboxRecord> each) {
    for (int i = 0; i < offsets.size(); i++) {
      each.accept(delivered(i));
    }
  }

  /** Hands over the messages. */
  void forEachMessage(Consumer<? super MessageDocument> each) {
    for (Conversation conversation : conversations.values()) {
      for (int i = 0; i < conversation.offsets().size(); i++) {
        long offset = conversation.offsets().get(i);
        each.accept(MessageDocument.of(stored(offset, !conversation.isUnread(i))));
      }
    }
  }

  private InboxRecord delivered(int index) {
    return new InboxRecord(stream, key, partition, offsets.get(index), times[index], values[index]);
  }

  /** See {@link im.linnet.records.RecordReader#inbox}. */
  List<InboxRecord> inbox(long above, long below, int limit) {
    int from = above == Long.MAX_VALUE ? offsets.size() : offsets.indexOf(above + 1);
    int to = Math.min(offsets.indexOf(below), from + limit);
    return IntStream.range(from, to).mapToObj(this::delivered).toList();
  }

  /** See {@link im.linnet.records.RecordReader#inboxFloor}. */
  long inboxFloor(long above, long below, int limit) {
    int floor = offsets.indexOf(below) - limit - 1;
    return floor < 0 ? above : Math.max(above, offsets.get(floor));
  }

  /** See {@link im.linnet.records.RecordReader#unreadMessages}. */
  List<StoredMessage> unread(long above, long below, int limit) {
    UnreadMerge merge = UnreadMerge.up(conversations.values(), above, below);
    return LongStream.generate(merge::next)
        .limit(limit)
        .takeWhile(offset -> offset >= 0)
        .mapToObj(offset -> stored(offset, false))
        .toList();
  }

  /** See {@link im.linnet.records.RecordReader#unreadFloor}. */
  long unreadFloor(long above, long below, int limit) {
    UnreadMerge merge = UnreadMerge.down(conversations.values(), above, below);
    for (int i = 0; i < limit; i++) {
      if (merge.next() < 0) {
        return above;
      }
    }
    return Math.max(above, merge.next());
  }

  /** Counts the unread messages, up to a bound. */
  int countUnread(int most) {
    int count = 0;
    for (Conversation each : conversations.values()) {
      count += each.countUnread(most - count);
    }
    return count;
  }

  /**
   * The messages of one sender below an offset, the newest first, each decoded when it is taken.
   */
  Iterator<StoredMessage> newest(String from, long below) {
    Conversation conversation = conversations.get(from);
    if (conversation == null) {
      return Collections.emptyIterator();
    }
    int end = conversation.offsets().indexOf(below);
    return IntStream.iterate(end - 1, index -> index >= 0, index -> index - 1)
        .mapToObj(index -> stored(conversation.offsets().get(index), !conversation.isUnread(index)))
        .iterator();
  }

  /** The message at an offset where there is one for certain. */
  StoredMessage stored(long offset, boolean read) {
    int at = offsets.indexOf(offset);
    Position place = new Position(stream, partition, offset);
    return new StoredMessage(decode(values[at]), place, times[at], read);
  }

  private MessageEvent decode(byte[] value) {
    try {
      return (MessageEvent) InboxEventCodec.decode(stream, MessageEvent.TYPE, value);
    } catch (MalformedEventException e) {
      throw new IllegalStateException("the view holds a message that was never valid", e);
    }
  }
}
