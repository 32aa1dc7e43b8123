package im.linnet.records;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts how many members have read each of some messages of a topic, from the members' marks and
 * spans. A member costs a search for each of its spans, however many messages there are. Not
 * thread-safe.
 */
public final class ReaderCounts {
  private final List<StoredMessage> messages;
  private final long[] offsets;
  private final Set<String> senders = new HashSet<>();

  /** How many more members have read a message than the one before it. */
  private final long[] steps;

  /**
   * @param messages of one topic, no two at one place
   */
  public ReaderCounts(Collection<StoredMessage> messages) {
    this.messages =
        messages.stream().sorted(Comparator.comparingLong(each -> each.at().offset())).toList();
    offsets = this.messages.stream().mapToLong(each -> each.at().offset()).toArray();
    steps = new long[offsets.length + 1];
    this.messages.forEach(each -> senders.add(each.message().from()));
  }

  /** The offset of the first message: a mark below it has read none of them. */
  public long lowest() {
    return offsets.length == 0 ? Long.MAX_VALUE : offsets[0];
  }

  /**
   * Adds the messages that a member has read. A sender is no reader of its own messages.
   *
   * @param upTo its mark
   * @param spans its memberships; {@link Span#ALWAYS} in a topic with history. No two have an
   *     offset in common
   */
  public void add(String reader, long upTo, List<Span> spans) {
    for (Span span : spans) {
      int from = index(span.join());
      int to = index(Math.min(upTo, span.left()) + 1);
      if (from < to) {
        steps[from]++;
        steps[to]--;
        if (senders.contains(reader)) {
          leaveOut(reader, from, to);
        }
      }
    }
  }

  private void leaveOut(String sender, int from, int to) {
    for (int i = from; i < to; i++) {
      if (messages.get(i).message().from().equals(sender)) {
        steps[i]--;
        steps[i + 1]++;
      }
    }
  }

  /** The index of the first message at or above an offset. */
  private int index(long offset) {
    int at = Arrays.binarySearch(offsets, offset);
    return at >= 0 ? at : -at - 1;
  }

  /** How many have read each message, by its offset. */
  public Map<Long, Long> counts() {
    Map<Long, Long> counts = HashMap.newHashMap(offsets.length);
    long count = 0;
    for (int i = 0; i < offsets.length; i++) {
      count += steps[i];
      counts.put(offsets[i], count);
    }
    return counts;
  }
}
