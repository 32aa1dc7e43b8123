package im.linnet.edge.attach;

import im.linnet.records.InboxRecord;
import im.linnet.records.Membership;
import im.linnet.records.RecordReader;
import im.linnet.records.StoredMessage;
import im.linnet.records.TopicReader;
import im.linnet.schemas.Stream;
import java.util.List;

/**
 * What the view has of one key for a session, between two offsets.
 *
 * @param above records at or below it are not wanted
 * @param below records at or above it are not wanted
 * @param unread whether these are unread messages, as {@code history} shows them
 * @param joined the offset from which on the user receives records of the key without a break
 * @param look reads a page
 * @param floor bounds the records to the newest ones
 */
record StoreSource(long above, long below, boolean unread, long joined, Look look, Floor floor) {
  /** Whether the user is told what the view has there: of some edits only those of before. */
  boolean tells(Stored record) {
    return unread || joined <= 0 || EditSince.of(record.value()) >= joined;
  }

  /**
   * A record as the view has it.
   *
   * @param offset its offset
   * @param time its broker time, ms
   * @param value its JSON
   */
  @SuppressWarnings("ArrayRecordComponent") // stored bytes are delivered bytes
  record Stored(long offset, long time, byte[] value) {}

  /** Reads the lowest records between two offsets, both exclusive. */
  @FunctionalInterface
  interface Look {
    List<Stored> page(long above, long below, int limit);
  }

  /** The offset above which at most so many of the records lie. */
  @FunctionalInterface
  interface Floor {
    long above(long above, long below, int most);
  }

  /** All that was delivered under a key. */
  static StoreSource delivered(
      RecordReader store, Stream stream, String key, long above, long below) {
    return delivered(store, stream, key, 0, above, below);
  }

  /** All that was delivered to a member of a topic who joined at that offset. */
  static StoreSource ofMember(
      RecordReader store, String topic, long joined, long above, long below) {
    return delivered(store, Stream.TOPIC, topic, joined, above, below);
  }

  private static StoreSource delivered(
      RecordReader store, Stream stream, String key, long joined, long above, long below) {
    return new StoreSource(
        above,
        below,
        false,
        joined,
        (from, to, limit) -> ofInbox(store.delivered(stream, key, from, to, limit)),
        (from, to, most) -> store.deliveredFloor(stream, key, from, to, most));
  }

  /** The unread messages of a user. */
  static StoreSource unread(RecordReader store, Stream stream, String user, long below) {
    return new StoreSource(
        -1,
        below,
        true,
        0,
        (from, to, limit) -> ofMessages(store.unreadMessages(stream, user, from, to, limit)),
        (from, to, most) -> store.unreadFloor(stream, user, from, to, most));
  }

  /** The unread messages of a member of a topic. */
  static StoreSource unread(RecordReader store, Membership member, long below) {
    TopicReader topics = store.topics();
    return new StoreSource(
        -1,
        below,
        true,
        0,
        (from, to, limit) -> ofMessages(topics.unread(member, from, to, limit)),
        (from, to, most) -> topics.unreadFloor(member, from, to, most));
  }

  static List<Stored> ofInbox(List<InboxRecord> records) {
    return records.stream()
        .map(each -> new Stored(each.offset(), each.time(), each.value()))
        .toList();
  }

  static List<Stored> ofMessages(List<StoredMessage> messages) {
    return messages.stream()
        .map(each -> new Stored(each.at().offset(), each.time(), each.value()))
        .toList();
  }
}
