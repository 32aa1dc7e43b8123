package im.linnet.edge.publish;

import java.util.function.Supplier;

/**
 * Ids for messages without an id of their sender. All ids of one process have the same end. So an
 * id that comes back from a client is recognized without a memory of it. Safe on any thread if its
 * source is.
 */
public final class MadeUuids implements Supplier<String> {
  private static final int LENGTH = 36;

  /**
   * The length of the common end in hex digits. One in 4,000,000,000 UUIDs of clients has the same
   * end by chance.
   */
  private static final int TAIL = 8;

  private final Supplier<String> source;
  private final String tail;

  /**
   * @param source gives UUIDs as text that differ in more than their last 32 bits
   */
  public MadeUuids(Supplier<String> source) {
    this.source = source;
    this.tail = source.get().substring(LENGTH - TAIL);
  }

  /** A new id. */
  @Override
  public String get() {
    return source.get().substring(0, LENGTH - TAIL) + tail;
  }

  /** Whether {@link #get} may have made that id; false is certain. */
  boolean mayHaveMade(String uuid) {
    return uuid.length() == LENGTH && uuid.endsWith(tail);
  }
}
