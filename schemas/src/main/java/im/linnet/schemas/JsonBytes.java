package im.linnet.schemas;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes one JSON object straight to UTF-8 bytes, without a tree or a string between. */
public final class JsonBytes {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int TYPICAL_SIZE = 256;

  private JsonBytes() {}

  /** The fields of an object, written one after the other. */
  @FunctionalInterface
  public interface Fields {
    /** Writes the fields; the braces are there already. */
    void write(JsonGenerator json) throws IOException;
  }

  /** The object with these fields. Safe on any thread. */
  public static byte[] object(Fields fields) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(TYPICAL_SIZE);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      // Memory does not fail; what remains is text that has no UTF-8 form, the caller's mistake.
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
