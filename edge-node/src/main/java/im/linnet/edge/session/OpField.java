package im.linnet.edge.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Looks up the {@code op} of a frame whose other fields could not be judged. */
final class OpField {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private OpField() {}

  /** The op of the object in {@code bytes[from, to)}; null where it names none. */
  static @Nullable String of(byte[] bytes, int from, int to) {
    String found = null;
    try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean op = parser.currentName().equals("op");
        JsonToken value = parser.nextToken();
        if (op) {
          // As with every field that stands twice, the last one counts.
          found = value == JsonToken.VALUE_STRING ? parser.getText() : null;
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      return null;
    }
    return found;
  }
}
