package im.linnet.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of the server's JSON, where a value of another type counts as absent, and writes
 * values of requests. Pure.
 */
final class JsonValues {
  private JsonValues() {}

  static @Nullable String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isTextual() ? value.asText() : null;
  }

  static @Nullable Position position(JsonNode text) {
    return text.isTextual() ? Position.parse(text.asText()) : null;
  }

  static List<String> texts(JsonNode array) {
    return list(array, each -> each.asText(""));
  }

  static List<Position> positions(JsonNode array) {
    return list(array, JsonValues::position);
  }

  /**
   * The values of an array.
   *
   * @param read reads one; a null is left out
   */
  static <T> List<T> list(JsonNode array, Function<JsonNode, @Nullable T> read) {
    List<T> all = new ArrayList<>();
    for (JsonNode each : array) {
      T value = read.apply(each);
      if (value != null) {
        all.add(value);
      }
    }
    return List.copyOf(all);
  }

  /** The page of a reply whose items stand in that field. */
  static <T> Page<T> page(
      ServerResponse response, String field, Function<JsonNode, @Nullable T> read) {
    JsonNode data = response.data();
    return new Page<>(list(data.path(field), read), text(data, "next"));
  }

  /** Writes a field, unless its value is null. */
  static void write(JsonGenerator json, String field, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(field, value);
    }
  }

  /** Writes a field with an array of texts. */
  static void write(JsonGenerator json, String field, Collection<String> texts) throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
