package im.linnet.schemas.event;

/**
 * The events of one topic of the log: the known types, and the reader of each. Immutable; safe on
 * any thread.
 *
 * @param <E> the common type of the events
 */
public interface EventFamily<E extends LogEvent> {
  /** Whether this version knows records of that {@code ce_type}. */
  boolean knows(String type);

  /**
   * The event that a record holds.
   *
   * @throws MalformedEventException if the type is unknown, or the value is not such an event
   */
  E decode(String type, byte[] value) throws MalformedEventException;
}
