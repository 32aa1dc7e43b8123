package im.linnet.records.mongo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which members have come to have read which offsets of a topic: one range of offsets for all
 * members that passed it, so that one update serves them all. Not thread-safe.
 */
final class ReadRanges {
  /**
   * How many offsets one update covers at most. A member who reads a topic with its whole history
   * for the first time marks millions of messages; each update must be answered in time.
   */
  static final long WIDEST = 20_000;

  /**
   * How many members are cut into ranges together: ranges grow with them, and so do their names.
   */
  static final int TOGETHER = 100;

  /** A range of offsets, both inclusive, and the members that have read it. */
  interface Use {
    void range(long least, long most, Collection<String> readers);
  }

  private record Read(String reader, long least, long most) {}

  private final List<Read> reads = new ArrayList<>();

  /** A member has come to have read these offsets, both inclusive; none if they are none. */
  void add(String reader, long least, long most) {
    if (least <= most) {
      reads.add(new Read(reader, least, most));
    }
  }

  /** Hands over each range. */
  void forEach(Use use) {
    for (int i = 0; i < reads.size(); i += TOGETHER) {
      forEach(reads.subList(i, Math.min(reads.size(), i + TOGETHER)), use);
    }
  }

  private static void forEach(List<Read> some, Use use) {
    SortedSet<Long> bounds = new TreeSet<>();
    for (Read read : some) {
      bounds.add(read.least);
      bounds.add(read.most + 1);
    }
    long from = bounds.first();
    for (long to : bounds.tailSet(from + 1)) {
      List<String> readers = new ArrayList<>();
      for (Read read : some) {
        if (read.least <= from && to <= read.most + 1) {
          readers.add(read.reader);
        }
      }
      if (!readers.isEmpty()) {
        for (long least = from; least < to; least += WIDEST) {
          use.range(least, Math.min(to, least + WIDEST) - 1, readers);
        }
      }
      from = to;
    }
  }
}
