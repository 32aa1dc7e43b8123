package im.linnet.schemas.event;

/**
 * An event of {@code im.signal.v1}, keyed by the receiving user or topic. It goes to the sessions
 * that are live now. No reader keeps it, and its loss loses no state. The written fields are also
 * the fields of the push.
 */
public sealed interface SignalEvent extends LogEvent permits TypingEvent {}
