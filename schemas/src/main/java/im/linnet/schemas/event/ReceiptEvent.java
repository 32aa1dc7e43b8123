package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import im.linnet.schemas.TopicCatalogue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The notice of a {@link ReadEvent} to the sender of the read messages, under the sender's key. Its
 * id is that of the read event. The loss of a notice loses no state.
 *
 * @param read the mark
 * @param of the place of the mark
 */
public record ReceiptEvent(ReadEvent read, Origin of) implements InboxEvent {
  public static final String TYPE = "receipt";

  static ReceiptEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    return new ReceiptEvent(ReadEvent.read(fields, stream), fields.origin(stream));
  }

  @Override
  public Stream kind() {
    return read.kind();
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String owner() {
    return read.peer();
  }

  @Override
  public String source() {
    return "/" + kind().wire() + "/" + read.reader() + "/" + read.peer() + "/receipt";
  }

  @Override
  public String id(String drawn) {
    return drawn;
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    read.write(json);
    of.write(json);
  }

  @Override
  public @Nullable String misplaced(TopicCatalogue catalogue, int partition) {
    return of.outside(read.home(catalogue));
  }
}
