package im.linnet.schemas.frame;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import im.linnet.schemas.Limits;
import im.linnet.schemas.Utf8;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one client frame from UTF-8 JSON in one streaming pass, without a tree. Unknown fields are
 * skipped. Only the op that uses a field checks it. Safe on any thread.
 */
public final class RequestDecoder {
  private static final int MAX_DEPTH = 1_000;

  private final JsonFactory json;
  private final Limits limits;

  public RequestDecoder(Limits limits) {
    this.limits = limits;
    this.json =
        JsonFactory.builder()
            // Clients choose the names of unknown fields; they must not fill the JVM's string
            // table.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(limits.frame())
                    .maxNameLength(limits.frame())
                    .maxNumberLength(limits.frame())
                    .build())
            .build();
  }

  /**
   * The fields of the frame in {@code bytes[offset, offset + length)}.
   *
   * @throws ProtocolErrorException if the bytes are not one JSON object
   */
  public RequestFields decode(byte[] bytes, int offset, int length) throws ProtocolErrorException {
    if (!Utf8.isText(bytes, offset, offset + length)) {
      throw new ProtocolErrorException("not UTF-8 text");
    }
    RequestFields fields = new RequestFields(limits);
    try (JsonParser parser = json.createParser(bytes, offset, length)) {
      read(parser, fields);
    } catch (IOException e) {
      throw new ProtocolErrorException("not JSON");
    }
    return fields;
  }

  private static void read(JsonParser parser, RequestFields fields)
      throws IOException, ProtocolErrorException {
    try {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw new ProtocolErrorException(notAnObject(first));
      }
      fields.readFrom(parser);
      if (parser.nextToken() != null) {
        throw new ProtocolErrorException("a frame must be one JSON object; something follows it");
      }
    } catch (JacksonException e) {
      long place = parser.currentLocation().getByteOffset();
      throw new ProtocolErrorException(problem(e, place < 0 ? "" : " near byte " + place));
    }
  }

  /** The problem in the words of the protocol. The parser's own words describe its internals. */
  private static String problem(JacksonException e, String place) {
    return switch (e) {
      case StreamConstraintsException deep -> "nested deeper than " + MAX_DEPTH + " levels";
      case JsonEOFException end -> "not JSON: it ends before its object does";
      default -> "not JSON" + place;
    };
  }

  private static String notAnObject(@Nullable JsonToken token) {
    String found =
        switch (token) {
          case null -> "blank";
          case START_ARRAY -> "a list";
          case VALUE_STRING -> "a string";
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
          case VALUE_NULL -> "null";
          default -> "true or false";
        };
    return "a frame must be one JSON object, this one is " + found;
  }
}
