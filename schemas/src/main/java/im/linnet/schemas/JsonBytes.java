package im.linnet.schemas;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes one JSON object straight to UTF-8 bytes, without a tree or a string between. */
public final class JsonBytes {
  // Text beyond the basic plane as its four bytes of UTF-8, not as twelve of escapes.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();
  private static final int TYPICAL_SIZE = 256;

  private JsonBytes() {}

  /** The fields of an object, written one after the other. */
  @FunctionalInterface
  public interface Fields {
    /** Writes the fields, without the braces. */
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * The object with these fields, on one line. A lone surrogate in a text has no UTF-8 form, so it
   * is written as its escape. So the bytes are always UTF-8. Safe on any thread.
   */
  public static byte[] object(Fields fields) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(TYPICAL_SIZE);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      // Writing to memory does not fail.
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
