package im.linnet.edge.attach;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the newest records of several sources begin, by look-ups that each skip a number of
 * records of one source. One source takes one look-up. With k sources and a bound of n it takes k
 * look-ups where no source has more than n / 2k records, and about {@code 2 k log2(n / k)} at most.
 *
 * <p>If the next c records of each of k sources are at most as many as there is room for, then
 * those of the source whose c records end highest surely belong to the newest ones: no other source
 * has more than c records above that end. So they are taken, and their source is looked at again.
 * Where the room becomes too little for that, c is made smaller. The last few are taken one by one.
 */
final class NewestRecords {
  private final List<Stack> stacks = new ArrayList<>();
  private long room;

  private NewestRecords(List<StoreSource> sources, int most) {
    sources.forEach(source -> stacks.add(new Stack(source)));
    room = most;
  }

  /**
   * The offset above which the newest {@code most} records of all sources lie.
   *
   * @return -1 where there are no more records than that
   */
  static long floor(List<StoreSource> sources, int most) {
    return new NewestRecords(sources, most).floor();
  }

  private long floor() {
    long size = stacks.size();
    if (size == 1) {
      look(room);
      Stack only = highest();
      return only == null ? -1 : only.end;
    }
    for (long chunk = room / (2 * size); chunk > 0; chunk = room / (2 * size)) {
      look(chunk);
      while (size * chunk <= room) {
        Stack highest = highest();
        if (highest == null) {
          return -1;
        }
        highest.take(highest.end + 1);
        room -= chunk;
        highest.look(chunk);
      }
    }
    look(0);
    Stack next = highest();
    for (; next != null && room > 0; room--) {
      next.take(next.end);
      next.look(0);
      next = highest();
    }
    return next == null ? -1 : next.end;
  }

  private void look(long chunk) {
    stacks.forEach(stack -> stack.look(chunk));
  }

  /** The stack whose records after its chunk begin highest; null if no stack has any. */
  private @Nullable Stack highest() {
    Stack highest = null;
    for (Stack each : stacks) {
      if (each.hasMore() && (highest == null || each.end > highest.end)) {
        highest = each;
      }
    }
    return highest;
  }

  /** The records of one source that are not taken yet, the newest on top. */
  private static final class Stack {
    private final StoreSource source;
    private long below;

    /** The offset of the newest record after the chunk on top. */
    private long end;

    Stack(StoreSource source) {
      this.source = source;
      this.below = source.below();
    }

    void look(long chunk) {
      end = source.floor().above(source.above(), below, (int) chunk);
    }

    /** Whether there are records after the chunk on top. */
    boolean hasMore() {
      return end > source.above();
    }

    /** Takes the records at and above that offset. */
    void take(long from) {
      below = from;
    }
  }
}
