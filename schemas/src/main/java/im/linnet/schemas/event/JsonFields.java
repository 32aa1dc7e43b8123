package im.linnet.schemas.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Reads the fields of a small JSON object strictly, with messages that name the field. */
final class JsonFields {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonNode node;

  private JsonFields(JsonNode node) {
    this.node = node;
  }

  static JsonFields parse(byte[] value) throws MalformedEventException {
    try {
      return of(MAPPER.readTree(value));
    } catch (IOException e) {
      throw new MalformedEventException("the value is not JSON: " + e.getMessage(), e);
    }
  }

  static JsonFields of(JsonNode node) throws MalformedEventException {
    if (!node.isObject()) {
      throw new MalformedEventException("the value is not a JSON object");
    }
    return new JsonFields(node);
  }

  String text(String field) throws MalformedEventException {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new MalformedEventException(field + ": is missing or not a string");
    }
    return value.textValue();
  }

  long number(String field) throws MalformedEventException {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedEventException(field + ": is missing or not a whole number");
    }
    return value.longValue();
  }

  double fraction(String field) throws MalformedEventException {
    JsonNode value = node.path(field);
    if (!value.isNumber()) {
      throw new MalformedEventException(field + ": is missing or not a number");
    }
    return value.doubleValue();
  }

  /** The raw value; a missing one is Jackson's missing node. */
  JsonNode raw(String field) {
    return node.path(field);
  }
}
