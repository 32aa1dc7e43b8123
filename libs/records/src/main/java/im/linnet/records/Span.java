package im.linnet.records;

import java.util.List;

/**
 * One membership of a user in a topic, by the offsets of the facts that began and ended it. Both
 * are part of it: a new member sees its own {@code joined}, and a former one its {@code kicked}.
 *
 * @param join the offset of the fact that began it
 * @param left the offset of the fact that ended it; {@link #OPEN} while it lasts
 */
public record Span(long join, long left) {
  /** The end of a membership that lasts. */
  public static final long OPEN = Long.MAX_VALUE;

  /** The ranges of a member who sees all. */
  public static final List<Span> ALWAYS = List.of(new Span(0, OPEN));

  /** Whether the user is a member. */
  public boolean isOpen() {
    return left == OPEN;
  }

  /** Whether that offset lies in it. */
  public boolean contains(long offset) {
    return join <= offset && offset <= left;
  }
}
