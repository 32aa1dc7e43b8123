package im.linnet.records.memory;

import im.linnet.records.Span;
import im.linnet.records.StoredMessage;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/**
 * The messages within ranges of offsets, newest first, each decoded when it is taken. What lies
 * outside the ranges costs nothing. Guarded by the store's lock.
 */
final class NewestMessages implements Iterator<StoredMessage> {
  private final KeptRecords records;
  private final IntFunction<StoredMessage> decode;
  private final Iterator<Span> ranges;
  private final int end;

  /** The range under way: from its first index to the next one to look at. */
  private int first;

  private int next = -1;

  /**
   * @param ranges in their order, none of them meets another
   * @param below only offsets below this one
   * @param decode the message at an index
   */
  NewestMessages(
      KeptRecords records, List<Span> ranges, long below, IntFunction<StoredMessage> decode) {
    this.records = records;
    this.decode = decode;
    this.ranges = List.copyOf(ranges).reversed().iterator();
    this.end = records.indexOf(below);
  }

  @Override
  public boolean hasNext() {
    while (true) {
      for (; next >= first; next--) {
        if (records.isMessage(next)) {
          return true;
        }
      }
      if (!ranges.hasNext()) {
        return false;
      }
      Span range = ranges.next();
      first = records.indexOf(range.join());
      next = Math.min(end, records.firstAbove(range.left())) - 1;
    }
  }

  @Override
  public StoredMessage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return decode.apply(next--);
  }
}
