package im.linnet.records.memory;

import im.linnet.records.InboxRecord;
import im.linnet.records.Span;
import im.linnet.records.StoredMessage;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.MessageId;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was delivered under one key of a stream. A message is kept once, as its record's
 * bytes, and decoded when it is asked for. Guarded by the store's lock.
 */
final class Mailbox {
  private final Stream stream;
  private final Map<String, Conversation> conversations = new HashMap<>();
  private final IdentityIndex identities;
  private final KeptRecords records;
  private final Map<Long, StoredMessage.Revision> revisions = new HashMap<>();

  Mailbox(Stream stream, String key, int partition, long seed) {
    this.stream = stream;
    identities = new IdentityIndex(seed);
    records = new KeptRecords(stream, key, partition);
  }

  /** Adds a delivered record that is no message; false if its offset is there. */
  boolean add(InboxRecord delivered) {
    return records.add(delivered, false);
  }

  /** Adds a message; false if its offset is there. */
  boolean addMessage(MessageEvent message, InboxRecord delivered) {
    if (!records.add(delivered, true)) {
      return false;
    }
    identities.add(message.uuid(), message.from(), delivered.offset());
    conversations
        .computeIfAbsent(message.from(), from -> new Conversation())
        .add(delivered.offset());
    return true;
  }

  /** The newest message of that identity; null for none. */
  @Nullable StoredMessage find(String uuid, String from) {
    long offset = newest(uuid, from, Long.MAX_VALUE);
    Conversation conversation = conversations.get(from);
    return offset < 0 || conversation == null
        ? null
        : stored(offset, !conversation.isUnread(offset));
  }

  /** See {@link im.linnet.records.RecordReader#received}. */
  @Nullable StoredMessage received(String uuid) {
    return conversations.keySet().stream()
        .map(from -> find(uuid, from))
        .filter(Objects::nonNull)
        .max(Comparator.comparingLong(found -> found.at().offset()))
        .orElse(null);
  }

  /** The newest message of that uuid, from any sender. */
  @Nullable StoredMessage findOfAnybody(String uuid) {
    long offset = newestOfAnybody(uuid, Long.MAX_VALUE);
    return offset < 0 ? null : stored(offset, false);
  }

  /** The offset of the newest message of that uuid below an offset; -1 for none. */
  long newestOfAnybody(String uuid, long below) {
    return conversations.keySet().stream()
        .mapToLong(from -> newest(uuid, from, below))
        .max()
        .orElse(-1);
  }

  /** Messages of others than that user between two offsets, both exclusive, upwards. */
  List<StoredMessage> ofOthers(String user, long above, long below, int limit) {
    return IntStream.range(records.firstAbove(above), records.indexOf(below))
        .filter(records::isMessage)
        .mapToObj(index -> storedAt(index, false))
        .filter(stored -> !stored.message().from().equals(user))
        .limit(limit)
        .toList();
  }

  /** Counts the messages of others than that user between two offsets, both exclusive. */
  int countOfOthers(String user, long above, long below) {
    int count = 0;
    for (Map.Entry<String, Conversation> each : conversations.entrySet()) {
      if (!each.getKey().equals(user)) {
        Offsets ofSender = each.getValue().offsets();
        count += Math.max(0, ofSender.indexOf(below) - ofSender.indexOf(above + 1));
      }
    }
    return count;
  }

  /** The messages within some ranges of offsets, newest first, each decoded when it is taken. */
  Iterator<StoredMessage> newest(List<Span> ranges, long below) {
    return new NewestMessages(records, ranges, below, index -> storedAt(index, false));
  }

  /** Marks the messages of an identity as read, those below an offset. */
  void read(String uuid, String from, long below) {
    Conversation conversation = conversations.get(from);
    if (conversation != null) {
      forEach(
          uuid,
          from,
          offset -> {
            if (offset < below) {
              conversation.read(offset);
            }
          });
    }
  }

  /** See {@link im.linnet.records.MemoryView#revise}. */
  void revise(String uuid, String from, long by, UnaryOperator<StoredMessage> change) {
    long offset = newest(uuid, from, by);
    if (offset < 0 || revision(offset).offset() >= by) {
      return;
    }
    StoredMessage.Revision before = revision(offset);
    StoredMessage now = change.apply(stored(offset, false));
    records.replace(records.indexOf(offset), now.value());
    revisions.put(offset, now.revision());
    if (now.revision().recalled()) {
      // The texts up to an earlier recall, or change after it, are gone.
      blank(now.message().identity(), before.recalled() ? before.offset() : offset, by);
    }
  }

  /** Takes the texts out of the edits of a message between two offsets. */
  private void blank(MessageId message, long above, long upTo) {
    for (int i = records.indexOf(above + 1); i < records.indexOf(upTo + 1); i++) {
      InboxRecord blanked = records.isMessage(i) ? null : records.get(i).withoutText(message);
      if (blanked != null) {
        records.replace(i, blanked.value());
      }
    }
  }

  private long newest(String uuid, String from, long below) {
    long[] newest = {-1};
    forEach(
        uuid,
        from,
        offset -> {
          if (offset < below) {
            newest[0] = Math.max(newest[0], offset);
          }
        });
    return newest[0];
  }

  private void forEach(String uuid, String from, LongConsumer each) {
    identities.forEach(
        uuid,
        from,
        offset -> {
          MessageEvent message = decode(records.value(records.indexOf(offset)));
          if (message.uuid().equals(uuid) && message.from().equals(from)) {
            each.accept(offset);
          }
        });
  }

  @Nullable Conversation conversation(String peer) {
    return conversations.get(peer);
  }

  Map<String, Conversation> conversations() {
    return Collections.unmodifiableMap(conversations);
  }

  /** Hands over the delivered records that are no messages, by offset. */
  void forEachRecord(Consumer<? super InboxRecord> each) {
    for (int i = 0; i < records.size(); i++) {
      if (!records.isMessage(i)) {
        each.accept(records.get(i));
      }
    }
  }

  /** Hands over the messages. */
  void forEachMessage(Consumer<? super StoredMessage> each) {
    for (Conversation conversation : conversations.values()) {
      for (int i = 0; i < conversation.offsets().size(); i++) {
        long offset = conversation.offsets().get(i);
        each.accept(stored(offset, !conversation.isUnread(i)));
      }
    }
  }

  /** See {@link im.linnet.records.RecordReader#delivered}. */
  List<InboxRecord> delivered(long above, long below, int limit) {
    int from = records.firstAbove(above);
    int to = Math.min(records.indexOf(below), from + limit);
    return IntStream.range(from, to).mapToObj(records::get).toList();
  }

  /** See {@link im.linnet.records.RecordReader#deliveredFloor}. */
  long deliveredFloor(long above, long below, int limit) {
    int floor = records.indexOf(below) - limit - 1;
    return floor < 0 ? above : Math.max(above, records.offset(floor));
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

  private StoredMessage.Revision revision(long offset) {
    return revisions.getOrDefault(offset, StoredMessage.Revision.NONE);
  }

  /** The message at an offset that has one for certain. */
  private StoredMessage stored(long offset, boolean read) {
    return storedAt(records.indexOf(offset), read);
  }

  private StoredMessage storedAt(int index, boolean read) {
    InboxRecord record = records.get(index);
    MessageEvent message = decode(record.value());
    StoredMessage.Revision revision = revision(record.offset());
    return revision.equals(StoredMessage.Revision.NONE)
        ? StoredMessage.of(message, record, read)
        : new StoredMessage(message, record.at(), record.time(), read, null, revision);
  }

  private MessageEvent decode(byte[] value) {
    try {
      return (MessageEvent) InboxEventCodec.decode(stream, MessageEvent.TYPE, value);
    } catch (MalformedEventException e) {
      throw new IllegalStateException("the view holds a message that was never valid", e);
    }
  }
}
