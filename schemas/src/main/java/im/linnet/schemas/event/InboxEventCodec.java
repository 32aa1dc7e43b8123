package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Names;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.InboxEvent.Extent;
import im.linnet.schemas.event.InboxEvent.Message;
import im.linnet.schemas.event.InboxEvent.Origin;
import im.linnet.schemas.event.InboxEvent.Read;
import im.linnet.schemas.event.InboxEvent.Receipt;
import im.linnet.schemas.event.InboxEvent.Sent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON values of inbox records, streaming in both directions. What is encoded here is what the
 * recipient's client reads, so the field names are the protocol's. Decoding ignores fields that it
 * does not know: a field is only ever added. Safe on any thread.
 */
public final class InboxEventCodec {
  private static final JsonFactory JSON = new JsonFactory();

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
   * The event that a record of a user's stream holds.
   *
   * @param stream the stream that the record was found in
   * @param type its {@code ce_type}
   * @param value its value
   * @throws MalformedEventException if the type is unknown, the value is not such an event, or it
   *     names another stream
   */
  public static InboxEvent decode(Stream stream, String type, byte[] value)
      throws MalformedEventException {
    Fields fields = new Fields();
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
    if (!stream.wire().equals(fields.kind)) {
      throw new MalformedEventException(
          "kind: '" + fields.kind + "' in the stream " + stream.wire());
    }
    return switch (type) {
      case Message.TYPE -> fields.message(stream);
      case Sent.TYPE -> new Sent(fields.message(stream), fields.origin());
      case Read.TYPE -> fields.read(stream);
      case Receipt.TYPE -> new Receipt(fields.read(stream), fields.origin());
      default -> throw new MalformedEventException("ce_type: '" + type + "' is unknown");
    };
  }

  /** The flat fields of every inbox event; one use. */
  private static final class Fields {
    private @Nullable String kind;
    private @Nullable String uuid;
    private @Nullable String from;
    private @Nullable String to;
    private @Nullable String type;
    private @Nullable String content;
    private @Nullable String reader;
    private @Nullable String peer;
    private @Nullable String upTo;
    private @Nullable List<String> uuids;
    private @Nullable String ofAt;
    private long ofTime = -1;

    void readFrom(JsonParser parser) throws IOException {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_STRING) {
          text(name, parser.getText());
        } else if (token == JsonToken.START_ARRAY && name.equals("uuids")) {
          uuids = strings(parser);
        } else if (token == JsonToken.START_OBJECT && name.equals("of")) {
          readOrigin(parser);
        } else {
          parser.skipChildren();
        }
      }
    }

    private void text(String name, String value) {
      switch (name) {
        case "kind" -> kind = value;
        case "uuid" -> uuid = value;
        case "from" -> from = value;
        case "to" -> to = value;
        case "type" -> type = value;
        case "content" -> content = value;
        case "reader" -> reader = value;
        case "peer" -> peer = value;
        case "upTo" -> upTo = value;
        default -> {
          // a field added later
        }
      }
    }

    private void readOrigin(JsonParser parser) throws IOException {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_STRING && name.equals("at")) {
          ofAt = parser.getText();
        } else if (token == JsonToken.VALUE_NUMBER_INT && name.equals("time")) {
          ofTime = parser.getLongValue();
        } else {
          parser.skipChildren();
        }
      }
    }

    private static List<String> strings(JsonParser parser) throws IOException {
      List<String> strings = new ArrayList<>();
      for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
        if (t == JsonToken.VALUE_STRING) {
          strings.add(parser.getText());
        } else {
          parser.skipChildren();
        }
      }
      return strings;
    }

    Message message(Stream stream) throws MalformedEventException {
      String id = require("uuid", uuid);
      if (!Names.isId(id)) {
        throw new MalformedEventException("uuid: 1-64 characters of Unicode text");
      }
      String body = require("content", content);
      if (!Names.isWellFormed(body)) {
        throw new MalformedEventException("content: holds a lone surrogate");
      }
      return new Message(
          stream, id, user("from", from), user("to", to), require("type", type), body);
    }

    Read read(Stream stream) throws MalformedEventException {
      return new Read(stream, user("reader", reader), user("peer", peer), extent());
    }

    private Extent extent() throws MalformedEventException {
      if (upTo != null) {
        return new Extent.UpTo(position("upTo", upTo));
      }
      if (uuids == null || uuids.isEmpty()) {
        throw new MalformedEventException("upTo: neither upTo nor uuids is there");
      }
      return new Extent.Uuids(uuids);
    }

    Origin origin() throws MalformedEventException {
      if (ofTime < 0) {
        throw new MalformedEventException("of.time: is missing");
      }
      return new Origin(position("of.at", require("of.at", ofAt)), ofTime);
    }

    private static Position position(String field, String text) throws MalformedEventException {
      Position position = Position.parse(text);
      if (position == null) {
        throw new MalformedEventException(field + ": '" + text + "' is not a position");
      }
      return position;
    }

    private static String user(String field, @Nullable String value)
        throws MalformedEventException {
      String user = require(field, value);
      if (!Names.isUser(user)) {
        throw new MalformedEventException(field + ": '" + user + "' is not a user name");
      }
      return user;
    }

    private static String require(String field, @Nullable String value)
        throws MalformedEventException {
      if (value == null) {
        throw new MalformedEventException(field + ": is missing or not a string");
      }
      return value;
    }
  }
}
