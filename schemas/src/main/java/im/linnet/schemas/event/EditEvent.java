package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A message has another text.
 *
 * @param message whose text
 * @param content the text that counts from here on
 * @param of where the original stands; null for the original
 */
public record EditEvent(MessageId message, String content, @Nullable Origin of)
    implements ChangeEvent {
  public static final String TYPE = "edit";

  static EditEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    fields.requireFrame(TYPE, stream);
    return new EditEvent(
        MessageId.read(fields, stream), fields.unicode("content"), fields.optionalOrigin(stream));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public MessageState apply(MessageState before, long timeMillis) {
    return before.recalled() ? before : new MessageState(content, timeMillis, false);
  }

  @Override
  public void writeChange(JsonGenerator json) throws IOException {
    json.writeStringField("content", content);
  }
}
