package im.linnet.records.memory;

import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Walks the unread messages of a mailbox by offset, merging its conversations: the work is one seek
 * for each conversation and a logarithm of their number for each message walked. Guarded by the
 * store's lock.
 */
final class UnreadMerge {
  private final PriorityQueue<Place> heads;
  private final long bound;
  private final boolean isUp;

  private UnreadMerge(Comparator<Place> order, long bound, boolean isUp) {
    this.heads = new PriorityQueue<>(order);
    this.bound = bound;
    this.isUp = isUp;
  }

  /** Upwards, from just above the one offset to just below the other. */
  static UnreadMerge up(Collection<Conversation> conversations, long above, long below) {
    UnreadMerge merge = new UnreadMerge(Comparator.comparingLong(Place::offset), below, true);
    if (above < Long.MAX_VALUE) {
      for (Conversation each : conversations) {
        merge.enter(each, each.nextUnread(each.offsets().indexOf(above + 1)));
      }
    }
    return merge;
  }

  /** Downwards, from just below the one offset to just above the other. */
  static UnreadMerge down(Collection<Conversation> conversations, long above, long below) {
    Comparator<Place> order = Comparator.comparingLong(Place::offset);
    UnreadMerge merge = new UnreadMerge(order.reversed(), above, false);
    for (Conversation each : conversations) {
      merge.enter(each, each.previousUnread(each.offsets().indexOf(below) - 1));
    }
    return merge;
  }

  /** The next offset, -1 at the end. */
  long next() {
    Place head = heads.poll();
    if (head == null) {
      return -1;
    }
    Conversation conversation = head.conversation;
    int then =
        isUp
            ? conversation.nextUnread(head.index + 1)
            : conversation.previousUnread(head.index - 1);
    enter(conversation, then);
    return head.offset;
  }

  private void enter(Conversation conversation, int index) {
    if (index < 0) {
      return;
    }
    long offset = conversation.offsets().get(index);
    if (isUp ? offset < bound : offset > bound) {
      heads.add(new Place(conversation, index, offset));
    }
  }

  private record Place(Conversation conversation, int index, long offset) {}
}
