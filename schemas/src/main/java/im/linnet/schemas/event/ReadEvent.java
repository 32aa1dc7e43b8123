package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import im.linnet.schemas.TopicCatalogue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The reader's mark, under the reader's own key. So it stands after every message that it covers.
 *
 * @param kind the stream of the messages
 * @param reader the user who has read
 * @param peer the sender of the messages
 * @param extent the messages that it covers
 */
public record ReadEvent(Stream kind, String reader, String peer, Extent extent)
    implements InboxEvent {
  public static final String TYPE = "read";

  static ReadEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    fields.requireFrame(TYPE, stream);
    return new ReadEvent(
        stream, fields.user("reader"), fields.user("peer"), Extent.read(fields, stream));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String owner() {
    return reader;
  }

  @Override
  public String source() {
    return "/" + kind.wire() + "/" + reader + "/" + peer + "/read";
  }

  @Override
  public String id(String drawn) {
    return drawn;
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("op", TYPE);
    json.writeStringField("kind", kind.wire());
    json.writeStringField("reader", reader);
    json.writeStringField("peer", peer);
    extent.write(json);
  }

  @Override
  public @Nullable String misplaced(TopicCatalogue catalogue, int partition) {
    return extent instanceof Extent.UpTo mark && mark.upTo().place().partition() != partition
        ? "upTo: '" + mark.upTo() + "' is not in the partition " + partition
        : null;
  }
}
