package im.linnet.edge.publish;

import java.util.function.Supplier;

/**
 * Ids for messages whose sender gave none. All those of one process end alike, so that one which
 * comes back from a client is known without being remembered. Safe on any thread if its source is.
 */
public final class MadeUuids implements Supplier<String> {
  private static final int LENGTH = 36;

  /** Hex digits: of the UUIDs that clients make one in 4,000,000,000 ends so by chance. */
  private static final int TAIL = 8;

  private final Supplier<String> source;
  private final String tail;

  /**
   * @param source gives UUIDs as text, which are told apart by more than their last 32 bits
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

  /** Whether {@link #get} may have made that id; it did not where the answer is no. */
  boolean mayHaveMade(String uuid) {
    return uuid.length() == LENGTH && uuid.endsWith(tail);
  }
}
