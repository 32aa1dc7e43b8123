package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import im.linnet.schemas.Excerpt;
import im.linnet.schemas.FieldReader;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Utf8;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a record's value; one that cannot be used makes the record malformed. */
final class EventFields extends FieldReader<MalformedEventException> {
  private static final String ORIGIN = "of";

  private static final String CONTENT = "content";

  /** Fields whose text is nobody's business but their users'. */
  private static final Set<String> PRIVATE = Set.of(CONTENT, "remark", "nickname", "avatar");

  /** The fields of every event, and the fields that no event may have. */
  private static final Set<String> VOCABULARY =
      Set.of(
          "op",
          "kind",
          "uuid",
          "from",
          "to",
          "type",
          CONTENT,
          "reader",
          "peer",
          "upTo",
          "uuids",
          "notify",
          ORIGIN,
          "at",
          "time",
          "event",
          "topic",
          "by",
          "members",
          "member",
          "name",
          "join",
          "history",
          "owner",
          "user",
          "remark",
          "labels",
          "nickname",
          "avatar",
          "key",
          "caller",
          "code",
          "message",
          "asked",
          "since");

  private static final JsonFactory JSON = new JsonFactory();

  private final String prefix;

  private EventFields() {
    this("");
  }

  private EventFields(String prefix) {
    super(VOCABULARY);
    this.prefix = prefix;
  }

  /**
   * The fields of a value that can be spliced into a push unchanged: one line of strict UTF-8,
   * without the fields that the splice adds.
   *
   * @throws MalformedEventException if the value is none
   */
  static EventFields parse(byte[] value) throws MalformedEventException {
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
    return fields;
  }

  /**
   * The reason quotes the value to help the reader of a dead letter. It never quotes a private
   * text.
   */
  @Override
  public MalformedEventException problem(String field, String detail) {
    String value = PRIVATE.contains(field) ? null : textOrNumeral(field);
    return new MalformedEventException(
        prefix
            + field
            + ": "
            + detail
            + (value == null ? "" : " (it is '" + Excerpt.of(value) + "')"));
  }

  @Override
  protected Object object(JsonParser parser, String name) throws IOException {
    if (!name.equals(ORIGIN) || !prefix.isEmpty()) {
      return super.object(parser, name);
    }
    EventFields origin = new EventFields(ORIGIN + ".");
    origin.readFrom(parser);
    return origin;
  }

  /** Refuses fields that a push adds from the record itself: the push would hold them twice. */
  private void requireNoPlace() throws MalformedEventException {
    for (String field : new String[] {"at", "time"}) {
      if (isNamed(field)) {
        throw problem(field, "does not belong in a value");
      }
    }
  }

  /** Refuses a value of another op. */
  void requireOp(String op) throws MalformedEventException {
    if (!text("op").equals(op)) {
      throw problem("op", "is not " + op + ", which the type asks for");
    }
  }

  /** Refuses a value whose own fields contradict its record. */
  void requireFrame(String op, Stream stream) throws MalformedEventException {
    requireOp(op);
    if (!text("kind").equals(stream.wire())) {
      throw problem("kind", "is not " + stream.wire() + ", the record's stream");
    }
  }

  /** The key of two users. */
  String pair(String field) throws MalformedEventException {
    String pair = text(field);
    if (!PairKey.isPair(pair)) {
      throw problem(field, "is not two user names with | between them, the smaller one first");
    }
    return pair;
  }

  /** As {@link #origin}, null where the event names none. Nothing in a topic has a copy. */
  @Nullable Origin optionalOrigin(Stream stream) throws MalformedEventException {
    if (!has(ORIGIN)) {
      return null;
    }
    if (!stream.keyedByUser()) {
      throw problem(ORIGIN, "does not belong in a topic's record");
    }
    return origin(stream);
  }

  /** The place of another record of that stream that the event names. */
  Origin origin(Stream stream) throws MalformedEventException {
    if (!(found(ORIGIN) instanceof EventFields of)) {
      throw problem(ORIGIN, "is missing or not an object");
    }
    return new Origin(of.position("at", stream), of.number("time", null, 0, Long.MAX_VALUE));
  }
}
