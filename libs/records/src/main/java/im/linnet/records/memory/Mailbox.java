package im.linnet.records.memory;

import im.linnet.records.InboxRecord;
import im.linnet.records.StoredMessage;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.InboxEvent.Message;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MalformedEventException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was delivered under one key of a stream, by offset, in parallel arrays. A message
 * is kept once, as its record's bytes, and decoded when it is asked for. Guarded by the store's
 * lock.
 */
final class Mailbox {
  private static final int INITIAL = 4;

  private final Stream stream;
  private final String key;
  private final int partition;
  private final long seed;
  private final Map<String, Conversation> conversations = new HashMap<>();
  private final IdentityTable identities = new IdentityTable();
  private long[] offsets = new long[INITIAL];
  private long[] times = new long[INITIAL];
  private byte[][] values = new byte[INITIAL][];
  private int size;

  Mailbox(Stream stream, String key, int partition, long seed) {
    this.stream = stream;
    this.key = key;
    this.partition = partition;
    this.seed = seed | 1;
  }

  /** Adds a delivered record; false where its offset is there. */
  boolean add(InboxRecord delivered) {
    long offset = delivered.offset();
    int at = indexOf(offset);
    if (at < size && offsets[at] == offset) {
      return false;
    }
    if (size == offsets.length) {
      int length = size + (size >> 1) + 1;
      offsets = Arrays.copyOf(offsets, length);
      times = Arrays.copyOf(times, length);
      values = Arrays.copyOf(values, length);
    }
    shift(at, at + 1);
    offsets[at] = offset;
    times[at] = delivered.time();
    values[at] = delivered.value();
    size++;
    return true;
  }

  /** Takes a record out again: it turned out to be a duplicate. */
  boolean remove(long offset) {
    int at = indexOf(offset);
    if (at == size || offsets[at] != offset) {
      return false;
    }
    shift(at + 1, at);
    size--;
    return true;
  }

  private void shift(int from, int to) {
    if (from < size) {
      System.arraycopy(offsets, from, offsets, to, size - from);
      System.arraycopy(times, from, times, to, size - from);
      System.arraycopy(values, from, values, to, size - from);
    }
  }

  /** Makes an added record a message; false where one of that identity stands elsewhere. */
  boolean addMessage(Message message, long offset) {
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
          Message message = decode(values[indexOf(offset)]);
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

  /** The index of the first record at or above the offset; the size where there is none. */
  int indexOf(long offset) {
    if (size == 0 || offset > offsets[size - 1]) {
      return size;
    }
    int at = Arrays.binarySearch(offsets, 0, size, offset);
    return at >= 0 ? at : -at - 1;
  }

  long offset(int index) {
    return offsets[index];
  }

  int size() {
    return size;
  }

  InboxRecord delivered(int index) {
    return new InboxRecord(stream, key, partition, offsets[index], times[index], values[index]);
  }

  /**
   * The messages of one sender below an offset, the newest first, each decoded when it is taken.
   */
  Iterator<StoredMessage> newest(String from, long below) {
    Conversation conversation = conversations.get(from);
    if (conversation == null) {
      return Collections.emptyIterator();
    }
    int end = conversation.indexOf(below);
    return IntStream.iterate(end - 1, index -> index >= 0, index -> index - 1)
        .mapToObj(index -> stored(conversation.offset(index), !conversation.isUnread(index)))
        .iterator();
  }

  /** The message at an offset where there is one for certain. */
  StoredMessage stored(long offset, boolean read) {
    int at = indexOf(offset);
    Position place = new Position(stream, partition, offset);
    return new StoredMessage(decode(values[at]), place, times[at], read);
  }

  private Message decode(byte[] value) {
    try {
      return (Message) InboxEventCodec.decode(stream, Message.TYPE, value);
    } catch (MalformedEventException e) {
      throw new IllegalStateException("the view holds a message that was never valid", e);
    }
  }
}
