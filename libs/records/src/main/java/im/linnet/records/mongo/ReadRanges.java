package im.linnet.records.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which members have come to have read which offsets of a topic: one range of offsets for all
 * members that have read it, so that one update serves them all. The number of ranges grows with
 * that of members, and so does the number of names in each. Not thread-safe.
 */
final class ReadRanges {
  /**
   * Offsets that the same members have read.
   *
   * @param least the first of them
   * @param most the last of them
   * @param readers the members
   */
  record Range(long least, long most, List<String> readers) {}

  private record Read(String reader, long least, long most) {}

  private final List<Read> reads = new ArrayList<>();

  /** A member has come to have read these offsets, both inclusive. */
  void add(String reader, long least, long most) {
    reads.add(new Read(reader, least, most));
  }

  /** The ranges in their order. No two have an offset in common. */
  List<Range> list() {
    SortedSet<Long> bounds = new TreeSet<>();
    for (Read read : reads) {
      bounds.add(read.least);
      bounds.add(read.most + 1);
    }
    List<Range> ranges = new ArrayList<>();
    Long from = null;
    for (long to : bounds) {
      if (from != null) {
        List<String> readers = readers(from, to - 1);
        if (!readers.isEmpty()) {
          ranges.add(new Range(from, to - 1, readers));
        }
      }
      from = to;
    }
    return ranges;
  }

  private List<String> readers(long least, long most) {
    List<String> readers = new ArrayList<>();
    for (Read read : reads) {
      if (read.least <= least && most <= read.most) {
        readers.add(read.reader);
      }
    }
    return readers;
  }
}
