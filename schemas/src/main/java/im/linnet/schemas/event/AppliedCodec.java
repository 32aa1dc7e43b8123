package im.linnet.schemas.event;

import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.StreamPartition;
import java.util.HashMap;
import java.util.Map;

/** JSON values of {@code im.applied.v1}. Safe on any thread. */
public final class AppliedCodec {
  private AppliedCodec() {}

  /** The record value of an announcement. */
  public static byte[] encode(Applied applied) {
    return JsonBytes.object(
        json -> {
          json.writeStringField("view", applied.view());
          json.writeObjectFieldStart("offsets");
          for (Map.Entry<StreamPartition, Long> entry : applied.offsets().entrySet()) {
            json.writeNumberField(entry.getKey().toString(), entry.getValue());
          }
          json.writeEndObject();
          if (applied.storeTime() != null) {
            json.writeStringField("storeTime", applied.storeTime());
          }
        });
  }

  /**
   * The announcement of that value. A partition of a stream that this version does not know is left
   * out.
   *
   * @throws MalformedEventException if a field is missing or ill-typed
   */
  public static Applied decode(byte[] value) throws MalformedEventException {
    JsonFields fields = JsonFields.parse(value);
    Map<StreamPartition, Long> offsets = new HashMap<>();
    JsonFields places = fields.object("offsets");
    for (String name : places.names()) {
      long next = places.count(name, Long.MAX_VALUE);
      StreamPartition partition = StreamPartition.parse(name);
      if (partition != null) {
        offsets.put(partition, next);
      }
    }
    return new Applied(fields.text("view"), offsets, fields.optionalText("storeTime"));
  }
}
