package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Utf8;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * JSON values of inbox records, streaming in both directions. The recipient's client reads the
 * encoded value, so the field names are the protocol's. A value that passes decoding can be spliced
 * into a push unchanged: it is one line of strict UTF-8, without the fields that the splice adds.
 * Decoding ignores unknown fields: later versions only add fields. Safe on any thread.
 */
public final class InboxEventCodec {
  private static final JsonFactory JSON = new JsonFactory();

  /** Every event of the inbox, by its {@code ce_type}. */
  private static final Map<String, Reader> READERS =
      Map.of(
          MessageEvent.TYPE, MessageEvent::read,
          SentEvent.TYPE, SentEvent::read,
          ReadEvent.TYPE, ReadEvent::read,
          ReceiptEvent.TYPE, ReceiptEvent::read,
          EditEvent.TYPE, EditEvent::read,
          RecallEvent.TYPE, RecallEvent::read);

  private interface Reader {
    InboxEvent read(EventFields fields, Stream stream) throws MalformedEventException;
  }

  private InboxEventCodec() {}

  /** The {@code ce_type} of every event that this version knows. */
  public static Set<String> types() {
    return READERS.keySet();
  }

  /** The record value of an event. */
  public static byte[] encode(InboxEvent event) {
    return JsonBytes.object(event::write);
  }

  /**
   * The events of a stream's topic. In the stream of topics this version knows no event, not even
   * one with a type name known from the user streams. Its key is a topic, and a topic may have the
   * name of a user.
   */
  public static EventFamily<InboxEvent> family(Stream stream) {
    return new EventFamily<>() {
      @Override
      public boolean knows(String type) {
        return stream.keyedByUser() && READERS.containsKey(type);
      }

      @Override
      public InboxEvent decode(String type, byte[] value) throws MalformedEventException {
        return InboxEventCodec.decode(stream, type, value);
      }
    };
  }

  /**
   * The event that a record of a user's stream holds.
   *
   * @param stream the record's stream
   * @param type its {@code ce_type}
   * @param value its value
   * @throws MalformedEventException if the type is unknown, the value is not such an event, it
   *     could not be delivered unchanged, or it names another stream
   */
  public static InboxEvent decode(Stream stream, String type, byte[] value)
      throws MalformedEventException {
    Reader reader = stream.keyedByUser() ? READERS.get(type) : null;
    if (reader == null) {
      throw new MalformedEventException(
          "ce_type: '" + type + "' is unknown in the stream " + stream.wire());
    }
    if (!Utf8.isObjectLine(value)) {
      throw new MalformedEventException("the value is not one line of UTF-8 with a JSON object");
    }
    EventFields fields = new EventFields();
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
    fields.requireNoPlace();
    return reader.read(fields, stream);
  }
}
