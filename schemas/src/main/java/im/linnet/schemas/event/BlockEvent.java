package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The fact that a user blocked another one, or does so no more. The record stands twice, under each
 * of the two, and nobody is pushed it: it is for the edges that judge the sends of both.
 *
 * @param act blocked or unblocked
 * @param uuid the uuid of the command that asked for it
 * @param from the user whose list changed
 * @param to the user who was put on it or taken off it
 */
public record BlockEvent(BlockAct act, String uuid, String from, String to) implements InboxEvent {
  /** The {@code ce_type} of both. */
  public static final List<String> TYPES =
      Arrays.stream(BlockAct.values()).map(BlockAct::fact).toList();

  static BlockEvent read(BlockAct act, EventFields fields, Stream stream)
      throws MalformedEventException {
    fields.requireFrame(act.fact(), stream);
    return new BlockEvent(act, fields.id("uuid"), fields.user("from"), fields.user("to"));
  }

  @Override
  public Stream kind() {
    return Stream.MUTUAL;
  }

  @Override
  public String type() {
    return act.fact();
  }

  @Override
  public String owner() {
    return to;
  }

  @Override
  public List<String> keys() {
    return List.of(from, to);
  }

  @Override
  public boolean standsUnder(String key) {
    return key.equals(to) || key.equals(from);
  }

  @Override
  public boolean isPushed() {
    return false;
  }

  @Override
  public String source() {
    return "/" + kind().wire() + "/" + from + "/" + to + "/" + type();
  }

  @Override
  public String id(String drawn) {
    return uuid;
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("op", type());
    json.writeStringField("kind", kind().wire());
    json.writeStringField("uuid", uuid);
    json.writeStringField("from", from);
    json.writeStringField("to", to);
  }
}
