package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Position;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The place of the record that a copy or a notice names.
 *
 * @param at its position
 * @param time its broker time, ms
 */
public record Origin(Position at, long time) {
  void write(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("of");
    json.writeStringField("at", at.toString());
    json.writeNumberField("time", time);
    json.writeEndObject();
  }

  /** A complaint if this place is in another partition, else null. */
  @Nullable String outside(int partition) {
    return at.place().partition() == partition
        ? null
        : "of.at: '" + at + "' is not in the partition " + partition;
  }
}
