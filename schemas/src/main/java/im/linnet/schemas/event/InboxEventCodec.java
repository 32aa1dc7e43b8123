package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Utf8;
import im.linnet.schemas.event.InboxEvent.Extent;
import im.linnet.schemas.event.InboxEvent.Message;
import im.linnet.schemas.event.InboxEvent.Origin;
import im.linnet.schemas.event.InboxEvent.Read;
import im.linnet.schemas.event.InboxEvent.Receipt;
import im.linnet.schemas.event.InboxEvent.Sent;
import java.io.IOException;
import java.util.Set;

/**
 * JSON values of inbox records, streaming in both directions. What is encoded here is what the
 * recipient's client reads, so the field names are the protocol's, and what is decoded here can be
 * spliced into a push as it is: one line, strict UTF-8, no field of the splice's. Decoding ignores
 * fields that it does not know: a field is only ever added. Safe on any thread.
 */
public final class InboxEventCodec {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> TYPES = Set.of(Message.TYPE, Sent.TYPE, Read.TYPE, Receipt.TYPE);

  private InboxEventCodec() {}

  /** The record value of an event. */
  public static byte[] encode(InboxEvent event) {
    return JsonBytes.object(
        json -> {
          switch (event) {
            case Message message -> writeMessage(json, message);
            case Sent sent -> {
              writeMessage(json, sent.message());
              writeOrigin(json, sent.of());
            }
            case Read read -> writeRead(json, read);
            case Receipt receipt -> {
              writeRead(json, receipt.read());
              writeOrigin(json, receipt.of());
            }
          }
        });
  }

  private static void writeMessage(JsonGenerator json, Message message) throws IOException {
    json.writeStringField("op", "message");
    json.writeStringField("kind", message.kind().wire());
    json.writeStringField("uuid", message.uuid());
    json.writeStringField("from", message.from());
    json.writeStringField("to", message.to());
    json.writeStringField("type", message.token());
    json.writeStringField("content", message.content());
  }

  private static void writeRead(JsonGenerator json, Read read) throws IOException {
    json.writeStringField("op", "read");
    json.writeStringField("kind", read.kind().wire());
    json.writeStringField("reader", read.reader());
    json.writeStringField("peer", read.peer());
    switch (read.extent()) {
      case Extent.UpTo mark -> json.writeStringField("upTo", mark.upTo().toString());
      case Extent.Uuids named -> {
        json.writeArrayFieldStart("uuids");
        for (String uuid : named.uuids()) {
          json.writeString(uuid);
        }
        json.writeEndArray();
      }
    }
  }

  private static void writeOrigin(JsonGenerator json, Origin of) throws IOException {
    json.writeObjectFieldStart("of");
    json.writeStringField("at", of.at().toString());
    json.writeNumberField("time", of.time());
    json.writeEndObject();
  }

  /**
   * Whether this version knows such records. In the stream of topics it knows none, also where they
   * are called as those of users are: their key is a topic, which may have the name of a user.
   */
  public static boolean knows(Stream stream, String type) {
    return stream != Stream.TOPIC && TYPES.contains(type);
  }

  /**
   * The event that a record of a user's stream holds.
   *
   * @param stream the stream that the record was found in
   * @param type its {@code ce_type}
   * @param value its value
   * @throws MalformedEventException if the type is unknown, the value is not such an event or could
   *     not be delivered as it is, or it names another stream
   */
  public static InboxEvent decode(Stream stream, String type, byte[] value)
      throws MalformedEventException {
    if (!knows(stream, type)) {
      throw new MalformedEventException(
          "ce_type: '" + type + "' is unknown in the stream " + stream.wire());
    }
    if (!Utf8.isObjectLine(value)) {
      throw new MalformedEventException("the value is not one line of UTF-8 with a JSON object");
    }
    InboxFields fields = new InboxFields();
    try (JsonParser parser = JSON.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedEventException("the value is not a JSON object");
      }
      fields.readFrom(parser);
      if (parser.nextToken() != null) {
        throw new MalformedEventException("something follows the value's JSON object");
      }
    } catch (IOException e) {
      throw new MalformedEventException("the value is not JSON: " + e.getMessage(), e);
    }
    return switch (type) {
      case Message.TYPE -> fields.message(stream);
      case Sent.TYPE -> new Sent(fields.message(stream), fields.origin(stream));
      case Read.TYPE -> fields.read(stream);
      case Receipt.TYPE -> new Receipt(fields.read(stream), fields.origin(stream));
      default -> throw new IllegalStateException("a known type without a codec: " + type);
    };
  }
}
