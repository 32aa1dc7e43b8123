package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.TopicCatalogue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A message has another text.
 *
 * @param message whose text
 * @param content the text that counts from here on
 * @param of where the original stands; null for the original
 * @param since where the message stands, in a topic whose members see nothing from before they
 *     joined: only those who were in it then, and have been ever since, are told the text. Null
 *     where all who receive the recipient's records are told
 */
public record EditEvent(
    MessageId message, String content, @Nullable Origin of, @Nullable Position since)
    implements ChangeEvent {
  public static final String TYPE = "edit";

  /** An edit that all are told who receive the recipient's records. */
  public EditEvent(MessageId message, String content, @Nullable Origin of) {
    this(message, content, of, null);
  }

  static EditEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    fields.requireFrame(TYPE, stream);
    return new EditEvent(
        MessageId.read(fields, stream),
        fields.unicode("content"),
        fields.optionalOrigin(stream),
        fields.has("since") ? fields.position("since", stream) : null);
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
    if (since != null) {
      json.writeStringField("since", since.toString());
    }
  }

  /** Whether a user is told who has received the recipient's records from that offset on. */
  public boolean isFor(long joined) {
    return since == null || since.offset() >= joined;
  }

  @Override
  public @Nullable String misplaced(TopicCatalogue catalogue, int partition) {
    return since != null && since.place().partition() != partition
        ? "since: '" + since + "' is not in the partition " + partition
        : ChangeEvent.super.misplaced(catalogue, partition);
  }
}
