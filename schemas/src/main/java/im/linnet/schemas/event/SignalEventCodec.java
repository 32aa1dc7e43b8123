package im.linnet.schemas.event;

import im.linnet.schemas.JsonBytes;
import java.util.Map;

/**
 * JSON values of {@code im.signal.v1}, as their receiver's client reads them. Safe on any thread.
 */
public final class SignalEventCodec {
  /** Every signal, by its {@code ce_type}. */
  private static final Map<String, Reader> READERS = Map.of(TypingEvent.TYPE, TypingEvent::read);

  /** The events of the topic. */
  public static final EventFamily<SignalEvent> FAMILY =
      new EventFamily<>() {
        @Override
        public boolean knows(String type) {
          return READERS.containsKey(type);
        }

        @Override
        public SignalEvent decode(String type, byte[] value) throws MalformedEventException {
          return SignalEventCodec.decode(type, value);
        }
      };

  private interface Reader {
    SignalEvent read(EventFields fields) throws MalformedEventException;
  }

  private SignalEventCodec() {}

  /** The record value of a signal. */
  public static byte[] encode(SignalEvent event) {
    return JsonBytes.object(event::write);
  }

  /**
   * The signal of that {@code ce_type} and value.
   *
   * @throws MalformedEventException if the type is unknown, or the value is not such a signal
   */
  public static SignalEvent decode(String type, byte[] value) throws MalformedEventException {
    Reader reader = READERS.get(type);
    if (reader == null) {
      throw new MalformedEventException("ce_type: '" + type + "' is unknown");
    }
    return reader.read(EventFields.parse(value));
  }
}
