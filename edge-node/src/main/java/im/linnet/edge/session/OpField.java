package im.linnet.edge.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Looks up the {@code op} of a frame whose other fields could not be judged. */
final class OpField {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private OpField() {}

  /** Whether the object in {@code bytes[from, to)} is an {@code auth} request. */
  static boolean isAuth(byte[] bytes, int from, int to) {
    boolean auth = false;
    try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean op = parser.currentName().equals("op");
        JsonToken value = parser.nextToken();
        if (op) {
          // As with every field that stands twice, the last one counts.
          auth = value == JsonToken.VALUE_STRING && parser.getText().equals("auth");
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      return false;
    }
    return auth;
  }
}
