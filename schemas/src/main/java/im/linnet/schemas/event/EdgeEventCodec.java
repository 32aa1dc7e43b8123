package im.linnet.schemas.event;

import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.event.EdgeEvent.Ended;
import im.linnet.schemas.event.EdgeEvent.Heartbeat;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON values of {@code im.edge.v1}. Safe on any thread. */
public final class EdgeEventCodec {
  private static final Pattern STOPPED_ID = Pattern.compile(".*/(\\d{1,18})/stopped");

  private EdgeEventCodec() {}

  /**
   * The {@code ce_id} of a tombstone. A tombstone has no value, so the id carries the epoch.
   *
   * @param process tells this process from others of the same edge id
   */
  public static String stoppedId(String process, long epoch) {
    return process + "/" + epoch + "/stopped";
  }

  /** The epoch in which the edge stopped, by the {@code ce_id} of its tombstone. */
  public static OptionalLong stoppedIn(byte @Nullable [] id) {
    if (id == null) {
      return OptionalLong.empty();
    }
    Matcher named = STOPPED_ID.matcher(new String(id, StandardCharsets.UTF_8));
    return named.matches() ? OptionalLong.of(Long.parseLong(named.group(1))) : OptionalLong.empty();
  }

  /** The record value of an event. */
  public static byte[] encode(EdgeEvent event) {
    return JsonBytes.object(
        json -> {
          json.writeStringField("edge", event.edge());
          json.writeNumberField("epoch", event.epoch());
          switch (event) {
            case Heartbeat beat -> {
              json.writeStringField("address", beat.address());
              json.writeStringField("http", beat.http());
              json.writeNumberField("sessions", beat.sessions());
              json.writeNumberField("load", beat.load());
            }
            case Ended ended -> {
              // edge and epoch are all its fields
            }
          }
        });
  }

  /**
   * The event of that {@code ce_type} and value.
   *
   * @throws MalformedEventException if the type is unknown or a field is missing or ill-typed
   */
  public static EdgeEvent decode(String type, byte[] value) throws MalformedEventException {
    JsonFields fields = JsonFields.parse(value);
    String edge = fields.text("edge");
    long epoch = fields.count("epoch", Long.MAX_VALUE);
    return switch (type) {
      case Heartbeat.TYPE ->
          new Heartbeat(
              edge,
              epoch,
              fields.text("address"),
              fields.text("http"),
              (int) fields.count("sessions", Integer.MAX_VALUE),
              fields.fraction("load"));
      case Ended.TYPE -> new Ended(edge, epoch);
      default -> throw new MalformedEventException("ce_type: '" + type + "' is unknown");
    };
  }
}
