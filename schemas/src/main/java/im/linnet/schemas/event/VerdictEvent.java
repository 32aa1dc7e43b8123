package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import im.linnet.schemas.TopicCatalogue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command: under the topic, or under the caller where the command is about two
 * users. It stands after the facts of its command that have the same key. Nobody is pushed it: it
 * is for the edge that waits for it.
 *
 * <p>A command that has a verdict already gets the same one again, with {@code asked} and {@code
 * of} of the first: so the edge can tell whether the caller asks for the same thing as then.
 *
 * @param kind the stream of the facts: mutual or topic
 * @param key the key of the command
 * @param caller the user who asked
 * @param uuid the uuid that the caller gave the command
 * @param code the code of the reply, 0-9999
 * @param message the reason for a refusal, for the client's developer; null where none is needed
 * @param asked the digest of the command that was judged, see {@link CommandEventCodec#digest};
 *     null in verdicts from before there were digests
 * @param of where the first verdict stands, which this one repeats; null for a first verdict
 */
public record VerdictEvent(
    Stream kind,
    String key,
    String caller,
    String uuid,
    int code,
    @Nullable String message,
    @Nullable String asked,
    @Nullable Origin of)
    implements InboxEvent {
  public static final String TYPE = "verdict";

  private static final int MAX_CODE = 9_999;

  static VerdictEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    fields.requireFrame(TYPE, stream);
    return new VerdictEvent(
        stream,
        stream.keyedByUser() ? fields.pair("key") : fields.user("key"),
        fields.user("caller"),
        fields.id("uuid"),
        (int) fields.number("code", null, 0, MAX_CODE),
        fields.optionalText("message"),
        fields.optionalText("asked"),
        fields.has("of") ? fields.origin(stream) : null);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String owner() {
    return kind.keyedByUser() ? caller : key;
  }

  @Override
  public boolean isPushed() {
    return false;
  }

  @Override
  public String source() {
    return "/" + kind.wire() + "/" + owner() + "/verdict";
  }

  @Override
  public String id(String drawn) {
    return drawn;
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("op", TYPE);
    json.writeStringField("kind", kind.wire());
    json.writeStringField("key", key);
    json.writeStringField("caller", caller);
    json.writeStringField("uuid", uuid);
    json.writeNumberField("code", code);
    if (message != null) {
      json.writeStringField("message", message);
    }
    if (asked != null) {
      json.writeStringField("asked", asked);
    }
    if (of != null) {
      of.write(json);
    }
  }

  @Override
  public @Nullable String misplaced(TopicCatalogue catalogue, int partition) {
    return of == null ? null : of.outside(partition);
  }
}
