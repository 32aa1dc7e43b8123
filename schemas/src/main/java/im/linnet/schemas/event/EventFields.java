package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonParser;
import im.linnet.schemas.Excerpt;
import im.linnet.schemas.FieldReader;
import im.linnet.schemas.Stream;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a record's value; one that cannot be used makes the record malformed. */
final class EventFields extends FieldReader<MalformedEventException> {
  private static final String ORIGIN = "of";

  private static final String CONTENT = "content";

  /** The fields of every event, and the fields that no event may have. */
  private static final Set<String> VOCABULARY =
      Set.of(
          "op", "kind", "uuid", "from", "to", "type", CONTENT, "reader", "peer", "upTo", "uuids",
          ORIGIN, "at", "time");

  private final String prefix;

  EventFields() {
    this("");
  }

  private EventFields(String prefix) {
    super(VOCABULARY);
    this.prefix = prefix;
  }

  /**
   * The reason quotes the value to help the reader of a dead letter. It never quotes the text of a
   * message.
   */
  @Override
  public MalformedEventException problem(String field, String detail) {
    String value = field.equals(CONTENT) ? null : textOrNumeral(field);
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
  void requireNoPlace() throws MalformedEventException {
    for (String field : new String[] {"at", "time"}) {
      if (isNamed(field)) {
        throw problem(field, "does not belong in a value");
      }
    }
  }

  /** Refuses a value whose own fields contradict its record. */
  void requireFrame(String op, Stream stream) throws MalformedEventException {
    if (!text("op").equals(op)) {
      throw problem("op", "is not " + op + ", which the type asks for");
    }
    if (!text("kind").equals(stream.wire())) {
      throw problem("kind", "is not " + stream.wire() + ", the record's stream");
    }
  }

  /** As {@link #origin}, null where the event names none. */
  @Nullable Origin optionalOrigin(Stream stream) throws MalformedEventException {
    return has(ORIGIN) ? origin(stream) : null;
  }

  /** The place of another record of that stream that the event names. */
  Origin origin(Stream stream) throws MalformedEventException {
    if (!(found(ORIGIN) instanceof EventFields of)) {
      throw problem(ORIGIN, "is missing or not an object");
    }
    return new Origin(of.position("at", stream), of.number("time", null, 0, Long.MAX_VALUE));
  }
}
