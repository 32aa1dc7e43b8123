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
 * @param look reads a page
 * @param floor bounds the records to the newest ones
 */
record StoreSource(long above, long below, boolean unread, Look look, Floor floor) {

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
    return new StoreSource(
        above,
        below,
        false,
        (from, to, limit) -> ofInbox(store.delivered(stream, key, from, to, limit)),
        (from, to, most) -> store.deliveredFloor(stream, key, from, to, most));
  }

  /** The unread messages of a user. */
  static StoreSource unread(RecordReader store, Stream stream, String user, long below) {
    return new StoreSource(
        -1,
        below,
        true,
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
