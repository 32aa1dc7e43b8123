package im.linnet.schemas.event;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.schemas.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a small JSON object strictly, with messages that name the field. */
final class JsonFields {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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

  /** A whole number of at least 0. */
  long count(String field, long most) throws MalformedEventException {
    long value = number(field);
    if (value < 0 || value > most) {
      throw new MalformedEventException(field + ": " + value + " is outside 0-" + most);
    }
    return value;
  }

  /** A number from 0 to 1. */
  double fraction(String field) throws MalformedEventException {
    JsonNode value = node.path(field);
    if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > 1) {
      throw new MalformedEventException(field + ": is missing or not a number from 0 to 1");
    }
    return value.doubleValue();
  }

  /** A user name. */
  String user(String field) throws MalformedEventException {
    String user = text(field);
    if (!Names.isUser(user)) {
      throw new MalformedEventException(field + ": '" + user + "' is not a user name");
    }
    return user;
  }

  /** A string, or null if the field is absent or null. */
  @Nullable String optionalText(String field) throws MalformedEventException {
    return node.path(field).isNull() || !node.has(field) ? null : text(field);
  }

  /** The objects of a list. */
  List<JsonFields> objects(String field) throws MalformedEventException {
    JsonNode value = node.path(field);
    if (!value.isArray()) {
      throw new MalformedEventException(field + ": is missing or not a list");
    }
    List<JsonFields> objects = new ArrayList<>(value.size());
    for (JsonNode element : value) {
      objects.add(of(element));
    }
    return objects;
  }

  /** An object that uses its field names as data. */
  JsonFields object(String field) throws MalformedEventException {
    JsonNode value = node.path(field);
    if (!value.isObject()) {
      throw new MalformedEventException(field + ": is missing or not an object");
    }
    return of(value);
  }

  /** The names of the present fields. */
  Iterable<String> names() {
    return node::fieldNames;
  }
}
