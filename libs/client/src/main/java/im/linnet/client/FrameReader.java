package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the server's frames. Pure; safe on any thread. */
final class FrameReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FrameReader() {}

  /**
   * Reads one frame.
   *
   * @throws IOException if the bytes are not JSON
   */
  static ServerFrame read(byte[] bytes, int offset, int length) throws IOException {
    JsonNode frame = JSON.readTree(bytes, offset, length);
    JsonNode op = frame.path("op");
    if (frame.has("code") && !op.isTextual()) {
      return reply(frame);
    }
    ServerFrame read =
        switch (op.asText("")) {
          case "" -> null;
          case "ping" -> new ServerFrame.Ping();
          case "close" ->
              new ServerFrame.Close(
                  frame.path("code").asInt(0),
                  frame.path("reason").asText(""),
                  frame.path("retryAfter").asLong(0));
          case "synced" ->
              new ServerFrame.Synced(
                  JsonValues.positions(frame.path("at")),
                  frame.path("cut").asBoolean(false),
                  frame.path("reset").asBoolean(false));
          case "message" -> {
            Message message = Message.read(frame);
            yield message == null ? null : new ServerFrame.MessagePush(message);
          }
          default -> push(frame, op.asText());
        };
    return read == null ? new ServerFrame.Unreadable(frame) : read;
  }

  private static ServerFrame reply(JsonNode frame) {
    JsonNode data = frame.path("data");
    return new ServerFrame.Reply(
        JsonValues.text(frame, "id"),
        new ServerResponse(
            frame.path("code").asInt(),
            data.isObject() ? data : JsonNodeFactory.instance.objectNode(),
            frame.path("message").asText("")));
  }

  private static ServerFrame.@Nullable Push push(JsonNode frame, String op) {
    Position at = JsonValues.position(frame.path("at"));
    MessageChange change = MessageChange.read(op, frame);
    if (change != null) {
      ClientEvent changed = changed(frame, change);
      return at == null || changed == null ? null : new ServerFrame.Push(at, changed);
    }
    ClientEvent event =
        switch (op) {
          case "read" -> readMark(frame);
          case "presence" -> {
            Presence presence = Presence.read(frame);
            yield presence == null ? null : new ClientEvent.PresenceChanged(presence);
          }
          case "typing" -> typing(frame);
          case "topic" -> topic(frame, at);
          default -> new ClientEvent.Other(op, frame);
        };
    return event == null ? null : new ServerFrame.Push(at, event);
  }

  private static @Nullable ClientEvent changed(JsonNode frame, MessageChange change) {
    Stream kind = Stream.ofWire(frame.path("kind").asText(""));
    String to = JsonValues.text(frame, "to");
    String uuid = JsonValues.text(frame, "uuid");
    String from = JsonValues.text(frame, "from");
    JsonNode original = frame.has("of") ? frame.path("of") : frame;
    Position at = JsonValues.position(original.path("at"));
    return kind == null || to == null || uuid == null || from == null || at == null
        ? null
        : new ClientEvent.MessageChanged(
            new MessageId(kind, to, uuid, from), change, at, original.path("time").asLong(0));
  }

  private static @Nullable ClientEvent readMark(JsonNode frame) {
    Stream kind = Stream.ofWire(frame.path("kind").asText(""));
    String reader = JsonValues.text(frame, "reader");
    String peer = JsonValues.text(frame, "peer");
    if (kind == null || reader == null || peer == null) {
      return null;
    }
    return new ClientEvent.ReadReceived(
        kind,
        reader,
        peer,
        JsonValues.position(frame.path("upTo")),
        JsonValues.texts(frame.path("uuids")));
  }

  /** A change of a kind that this client does not know is passed on as it came. */
  private static @Nullable ClientEvent topic(JsonNode frame, @Nullable Position at) {
    TopicChange change = TopicChange.ofWire(frame.path("event").asText(""));
    String topic = JsonValues.text(frame, "topic");
    String by = JsonValues.text(frame, "by");
    if (change == null) {
      return new ClientEvent.Other("topic", frame);
    }
    return topic == null || by == null || at == null
        ? null
        : new ClientEvent.TopicChanged(
            topic,
            change,
            by,
            JsonValues.texts(frame.path("members")),
            frame.path("name").asText(""),
            at,
            frame.path("time").asLong(0));
  }

  private static @Nullable ClientEvent typing(JsonNode frame) {
    Stream kind = Stream.ofWire(frame.path("kind").asText(""));
    String from = JsonValues.text(frame, "from");
    String to = JsonValues.text(frame, "to");
    return kind == null || from == null || to == null
        ? null
        : new ClientEvent.Typing(kind, from, to);
  }
}
