package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.FieldReader;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.io.IOException;
import java.util.List;

/** The messages that a read mark covers: all up to a position, or only the named ones. */
public sealed interface Extent {
  /** The most names in one {@link Uuids}. */
  int MAX_UUIDS = 200;

  /** Writes the extent as one field. */
  void write(JsonGenerator json) throws IOException;

  /**
   * All messages of the peer at or below the position.
   *
   * @param upTo a position in the reader's own partition of that stream
   */
  record UpTo(Position upTo) implements Extent {
    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeStringField("upTo", upTo.toString());
    }
  }

  /**
   * Only these messages.
   *
   * @param uuids 1 to 200 message uuids
   */
  record Uuids(List<String> uuids) implements Extent {
    public Uuids {
      uuids = List.copyOf(uuids);
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeArrayFieldStart("uuids");
      for (String uuid : uuids) {
        json.writeString(uuid);
      }
      json.writeEndArray();
    }
  }

  /** The extent that a request or a record names in {@code upTo} or {@code uuids}. */
  static <X extends Exception> Extent read(FieldReader<X> fields, Stream kind) throws X {
    boolean upTo = fields.has("upTo");
    if (upTo == fields.has("uuids")) {
      throw fields.problem(
          "upTo", upTo ? "stands beside uuids; give one of the two" : "is missing, and uuids too");
    }
    return upTo
        ? new UpTo(fields.position("upTo", kind))
        : new Uuids(fields.ids("uuids", MAX_UUIDS));
  }
}
