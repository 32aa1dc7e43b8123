package im.linnet.schemas.event;

import im.linnet.schemas.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message is taken back: it has no text any more, and no later change of it counts.
 *
 * @param message which message
 * @param of where the original stands; null for the original
 */
public record RecallEvent(MessageId message, @Nullable Origin of) implements ChangeEvent {
  public static final String TYPE = "recall";

  static RecallEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    fields.requireFrame(TYPE, stream);
    return new RecallEvent(MessageId.read(fields, stream), fields.optionalOrigin(stream));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public MessageState apply(MessageState before, long timeMillis) {
    return new MessageState("", 0, true);
  }
}
