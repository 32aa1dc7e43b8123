package im.linnet.schemas.frame;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import im.linnet.schemas.Limits;
import im.linnet.schemas.Utf8;
import java.io.IOException;

/**
 * Reads one client frame from UTF-8 JSON, streaming, in one pass: no tree is built, unknown fields
 * are skipped, and a field is judged only by the op that uses it. Safe for use by many threads.
 */
public final class RequestDecoder {
  private static final int MAX_DEPTH = 1_000;
  private static final int MAX_REASON = 80;

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
   * Decodes the frame in {@code bytes[offset, offset + length)}.
   *
   * @throws ProtocolErrorException if that is not one JSON object
   * @throws BadRequestException if the op is unknown, or a field that it needs is missing or
   *     ill-typed
   */
  public Request decode(byte[] bytes, int offset, int length)
      throws ProtocolErrorException, BadRequestException {
    if (!Utf8.isText(bytes, offset, offset + length)) {
      throw new ProtocolErrorException("not UTF-8");
    }
    FrameFields fields = new FrameFields(limits);
    try (JsonParser parser = json.createParser(bytes, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ProtocolErrorException("a frame is one JSON object");
      }
      fields.readFrom(parser);
      if (parser.nextToken() != null) {
        throw new ProtocolErrorException("a frame is one JSON object; something follows it");
      }
    } catch (IOException e) {
      throw new ProtocolErrorException("not JSON: " + firstLine(e));
    }
    return fields.toRequest();
  }

  private static String firstLine(IOException e) {
    String text = String.valueOf(e.getMessage());
    int end = text.indexOf('\n');
    return Excerpt.of(end < 0 ? text : text.substring(0, end), MAX_REASON);
  }
}
