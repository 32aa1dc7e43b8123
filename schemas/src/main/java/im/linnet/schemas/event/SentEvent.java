package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import im.linnet.schemas.TopicCatalogue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The copy of an outgoing message in its sender's own inbox, for the sender's other devices.
 *
 * @param message the message as its recipient has it
 * @param of the place of the original
 */
public record SentEvent(MessageEvent message, Origin of) implements InboxEvent {
  public static final String TYPE = "sent";

  static SentEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    return new SentEvent(MessageEvent.read(fields, stream), fields.origin(stream));
  }

  @Override
  public Stream kind() {
    return message.kind();
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String owner() {
    return message.from();
  }

  @Override
  public String source() {
    return message.source() + "/sent";
  }

  @Override
  public String id(String drawn) {
    return message.uuid();
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    message.write(json);
    of.write(json);
  }

  @Override
  public @Nullable String misplaced(TopicCatalogue catalogue, int partition) {
    return of.outside(message.home(catalogue));
  }
}
