package im.linnet.records.memory;

import java.util.BitSet;

/**
 * The messages of one sender in one mailbox: their offsets, and which of them are unread. Guarded
 * by the store's lock.
 */
final class Conversation {
  private final Offsets offsets = new Offsets();
  private BitSet unread = new BitSet();

  /** Adds an unread message; one that is there stays as it is. */
  void add(long offset) {
    int at = offsets.indexOf(offset);
    if (offsets.isAt(at, offset)) {
      return;
    }
    if (at < offsets.size()) {
      makeRoom(at);
    }
    offsets.insert(at, offset);
    unread.set(at);
  }

  private void makeRoom(int at) {
    BitSet moved = new BitSet(offsets.size() + 1);
    for (int i = unread.nextSetBit(0); i >= 0; i = unread.nextSetBit(i + 1)) {
      moved.set(i < at ? i : i + 1);
    }
    unread = moved;
  }

  /** Marks all messages at or below the offset as read. */
  void readUpTo(long offset) {
    int end = offset == Long.MAX_VALUE ? offsets.size() : offsets.indexOf(offset + 1);
    if (end > 0) {
      unread.clear(0, end);
    }
  }

  /** Marks one message as read. */
  void read(long offset) {
    int at = offsets.indexOf(offset);
    if (offsets.isAt(at, offset)) {
      unread.clear(at);
    }
  }

  boolean isUnread(long offset) {
    int at = offsets.indexOf(offset);
    return offsets.isAt(at, offset) && unread.get(at);
  }

  boolean isUnread(int index) {
    return unread.get(index);
  }

  /** Its messages by offset. */
  Offsets offsets() {
    return offsets;
  }

  /** The first unread message at or after that index; -1 for none. */
  int nextUnread(int index) {
    return unread.nextSetBit(index);
  }

  /** The last unread message at or before that index; -1 for none. */
  int previousUnread(int index) {
    return index < 0 ? -1 : unread.previousSetBit(index);
  }

  /** Counts the unread messages, up to a bound. */
  int countUnread(int most) {
    int count = 0;
    for (int i = unread.nextSetBit(0); i >= 0 && count < most; i = unread.nextSetBit(i + 1)) {
      count++;
    }
    return count;
  }
}
