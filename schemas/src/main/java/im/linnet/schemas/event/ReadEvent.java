package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import im.linnet.schemas.TopicCatalogue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The reader's mark, under the key of the messages: the reader's own, or the topic's. So it stands
 * after every message that it covers.
 *
 * @param kind the stream of the messages
 * @param reader the user who has read
 * @param peer the sender of the messages, or the topic
 * @param extent the messages that it covers; in a topic all up to the newest of them
 * @param audience of a topic's mark, who is told; null in the other streams, where it is the reader
 */
public record ReadEvent(
    Stream kind, String reader, String peer, Extent extent, @Nullable Audience audience)
    implements InboxEvent {
  public static final String TYPE = "read";

  public ReadEvent {
    if (kind.keyedByUser() != (audience == null)) {
      throw new IllegalArgumentException("a topic's mark has an audience, and no other mark has");
    }
  }

  /** A mark of p2p or mutual messages. */
  public ReadEvent(Stream kind, String reader, String peer, Extent extent) {
    this(kind, reader, peer, extent, null);
  }

  static ReadEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    fields.requireFrame(TYPE, stream);
    return new ReadEvent(
        stream,
        fields.user("reader"),
        fields.user("peer"),
        Extent.read(fields, stream),
        stream.keyedByUser() ? null : Audience.read(fields));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String owner() {
    return kind.keyedByUser() ? reader : peer;
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
    if (audience != null) {
      json.writeStringField("notify", audience.wire());
    }
    extent.write(json);
  }

  @Override
  public @Nullable String misplaced(TopicCatalogue catalogue, int partition) {
    return extent instanceof Extent.UpTo mark && mark.upTo().place().partition() != partition
        ? "upTo: '" + mark.upTo() + "' is not in the partition " + partition
        : null;
  }
}
