package im.linnet.log.tail;

import im.linnet.schemas.LogRecord;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last offset of each message identity of one partition, for {@link #SPAN_MILLIS} of
 * broker time. The time of a record is the highest broker time up to it, so it never goes back; see
 * {@link RecordFilter}. Identity is {@code ce_source} and {@code ce_id} (see {@link
 * im.linnet.schemas.event.InboxEvent}), kept as a keyed 128-bit hash, so that two identities do not
 * collide.
 *
 * <p>Identities are kept in generations of 10 s, each in the generation of its last record. So a
 * whole table is dropped at once. The filter grows with the records; its owner bounds it by {@link
 * #bytes} and {@link #forgetOldest}. This can let a duplicate pass, but never holds a message back.
 * Owned by one thread.
 */
final class DuplicateFilter {
  /**
   * The time in which a second record of a message counts as its copy, in ms of broker time,
   * inclusive.
   */
  static final long SPAN_MILLIS = 30_000;

  /** No such place. */
  static final long NOWHERE = -1;

  /** The time of an identity that does not stand in the log after all. */
  private static final long BEFORE_ALL = Long.MIN_VALUE / 2;

  private static final long GENERATION_MILLIS = 10_000;

  /** The memory of a generation and its entry in the queue, without its table. */
  private static final int GENERATION_BYTES = 128;

  private final SipHash hash;
  private final ArrayDeque<Generation> generations = new ArrayDeque<>();
  private byte[] scratch = new byte[256];
  private long newestTime = Long.MIN_VALUE;
  private long bytes;

  /** One table of identities, from the times {@code since} to {@code until}. */
  private static final class Generation {
    final IdentityTable table = new IdentityTable();
    final long since;
    long until;

    Generation(long since) {
      this.since = since;
      this.until = since;
    }
  }

  DuplicateFilter(SipHash hash) {
    this.hash = hash;
  }

  /** Its memory in bytes, about. */
  long bytes() {
    return bytes;
  }

  /**
   * The newest broker time in its oldest generation; the highest of all times without a generation.
   */
  long oldestTime() {
    Generation oldest = generations.peekFirst();
    return oldest == null ? Long.MAX_VALUE : oldest.until;
  }

  /**
   * Forgets its oldest generation.
   *
   * @param time a broker time that has surely passed, even if this partition is quiet
   * @return the number of forgotten identities whose span was not over
   */
  int forgetOldest(long time) {
    Generation oldest = removeOldest();
    return isPast(oldest, Math.max(newestTime, time)) ? 0 : oldest.table.size();
  }

  private Generation removeOldest() {
    Generation oldest = generations.removeFirst();
    bytes -= cost(oldest);
    return oldest;
  }

  /** A record of that broker time was read. */
  void reach(long time) {
    newestTime = Math.max(newestTime, time);
  }

  /**
   * The last offset of the record's identity within the span; {@link #NOWHERE} if there is none, or
   * if the record has no identity. Without one, this record is remembered.
   */
  long lastStanding(LogRecord record) {
    reach(record.timestamp());
    if (!take(record)) {
      return NOWHERE;
    }
    Generation known = find();
    if (known != null) {
      long offset = known.table.get(hash.low(), hash.high());
      if (offset != record.offset() && isWithinSpan(known)) {
        return offset;
      }
    }
    put(record);
    return NOWHERE;
  }

  /** Remembers the record as the last one of its identity. */
  void stand(LogRecord record) {
    reach(record.timestamp());
    if (take(record)) {
      put(record);
    }
  }

  /** Whether that very record is the last of its identity, and could still make another a copy. */
  boolean stands(LogRecord record) {
    if (!take(record)) {
      return false;
    }
    Generation known = find();
    return known != null
        && known.table.get(hash.low(), hash.high()) == record.offset()
        && isWithinSpan(known);
  }

  /** A record that {@link #stands} does not count, so no other is a copy of it. */
  void fall(LogRecord record) {
    if (take(record)) {
      Generation known = find();
      if (known != null) {
        // Nothing of this identity stood within the span before it, or it would not stand.
        known.table.put(hash.low(), hash.high(), record.offset(), BEFORE_ALL);
      }
    }
  }

  /** Whether the taken identity, which the generation knows, stood there within the span. */
  private boolean isWithinSpan(Generation known) {
    return newestTime - known.table.time(hash.low(), hash.high()) <= SPAN_MILLIS;
  }

  /** The generation with the last record of that identity; null without one. */
  private @Nullable Generation find() {
    for (Iterator<Generation> each = generations.descendingIterator(); each.hasNext(); ) {
      Generation generation = each.next();
      if (generation.table.get(hash.low(), hash.high()) >= 0) {
        return generation;
      }
    }
    return null;
  }

  /** The number of remembered identities. */
  int size() {
    int size = 0;
    for (Generation generation : generations) {
      size += generation.table.size();
    }
    return size;
  }

  private boolean take(LogRecord record) {
    byte @Nullable [] source = record.headers().source();
    byte @Nullable [] id = record.headers().id();
    if (source == null || id == null) {
      return false;
    }
    int length = source.length + 1 + id.length;
    if (scratch.length < length) {
      scratch = new byte[length];
    }
    System.arraycopy(source, 0, scratch, 0, source.length);
    // A source has no NUL, so each pair of source and id makes other bytes.
    scratch[source.length] = 0;
    System.arraycopy(id, 0, scratch, source.length + 1, id.length);
    hash.hash(scratch, length);
    return true;
  }

  private void put(LogRecord record) {
    Generation generation = current();
    long before = cost(generation);
    generation.table.put(hash.low(), hash.high(), record.offset(), newestTime);
    generation.until = newestTime;
    bytes += cost(generation) - before;
  }

  private static long cost(Generation generation) {
    return GENERATION_BYTES + generation.table.bytes();
  }

  private Generation current() {
    Generation last = generations.peekLast();
    if (last == null || newestTime - last.since >= GENERATION_MILLIS) {
      last = new Generation(newestTime);
      generations.addLast(last);
      bytes += cost(last);
      while (isPast(generations.getFirst(), newestTime)) {
        removeOldest();
      }
    }
    return last;
  }

  private static boolean isPast(Generation generation, long time) {
    return generation.until < time - SPAN_MILLIS;
  }
}
