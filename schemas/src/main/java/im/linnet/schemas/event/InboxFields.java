package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import im.linnet.schemas.Names;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.InboxEvent.Extent;
import im.linnet.schemas.event.InboxEvent.Message;
import im.linnet.schemas.event.InboxEvent.Origin;
import im.linnet.schemas.event.InboxEvent.Read;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The flat fields of every inbox event as they were found, and the judgement of those that an event
 * needs. One use, one thread.
 */
final class InboxFields {
  private static final int MAX_UUIDS = 200;

  private @Nullable String op;
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

  /** Reads up to the end of the object whose start the parser has just passed. */
  void readFrom(JsonParser parser) throws IOException, MalformedEventException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (name.equals("at") || name.equals("time")) {
        // They are the record's own; in the push they would stand twice.
        throw new MalformedEventException(name + ": does not belong in a value");
      }
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
      case "op" -> op = value;
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

  private static List<String> strings(JsonParser parser)
      throws IOException, MalformedEventException {
    List<String> strings = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      if (t != JsonToken.VALUE_STRING) {
        throw new MalformedEventException("uuids: holds something that is not a string");
      }
      strings.add(parser.getText());
    }
    return strings;
  }

  Message message(Stream stream) throws MalformedEventException {
    requireFrame("message", stream);
    String token = require("type", type);
    if (!Names.isMessageType(token)) {
      throw new MalformedEventException("type: '" + token + "' is not a message type");
    }
    String body = require("content", content);
    if (!Names.isWellFormed(body)) {
      throw new MalformedEventException("content: holds a lone surrogate");
    }
    return new Message(
        stream, id("uuid", require("uuid", uuid)), user("from", from), user("to", to), token, body);
  }

  Read read(Stream stream) throws MalformedEventException {
    requireFrame("read", stream);
    return new Read(stream, user("reader", reader), user("peer", peer), extent(stream));
  }

  private Extent extent(Stream stream) throws MalformedEventException {
    if (upTo != null) {
      if (uuids != null) {
        throw new MalformedEventException("upTo: stands beside uuids");
      }
      return new Extent.UpTo(position("upTo", upTo, stream));
    }
    if (uuids == null || uuids.isEmpty() || uuids.size() > MAX_UUIDS) {
      throw new MalformedEventException("upTo: neither upTo nor 1-" + MAX_UUIDS + " uuids");
    }
    for (String each : uuids) {
      id("uuids", each);
    }
    return new Extent.Uuids(uuids);
  }

  Origin origin(Stream stream) throws MalformedEventException {
    if (ofTime < 0) {
      throw new MalformedEventException("of.time: is missing or not a time in ms");
    }
    return new Origin(position("of.at", require("of.at", ofAt), stream), ofTime);
  }

  private void requireFrame(String frame, Stream stream) throws MalformedEventException {
    if (!frame.equals(op)) {
      throw new MalformedEventException("op: '" + op + "' where the type asks for " + frame);
    }
    if (!stream.wire().equals(kind)) {
      throw new MalformedEventException("kind: '" + kind + "' in the stream " + stream.wire());
    }
  }

  private static Position position(String field, String text, Stream stream)
      throws MalformedEventException {
    Position position = Position.parse(text);
    if (position == null || position.offset() < 0) {
      throw new MalformedEventException(field + ": '" + text + "' is not a position");
    }
    if (position.place().stream() != stream) {
      throw new MalformedEventException(
          field + ": '" + position + "' in the stream " + stream.wire());
    }
    return position;
  }

  private static String id(String field, String value) throws MalformedEventException {
    if (!Names.isId(value)) {
      throw new MalformedEventException(field + ": 1-64 characters of Unicode text");
    }
    return value;
  }

  private static String user(String field, @Nullable String value) throws MalformedEventException {
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
