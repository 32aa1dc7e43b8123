package im.linnet.edge.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a part of a token as it stands or not at all. It must be UTF-8 without a byte order mark,
 * and exactly one JSON object, without a repeated member at any depth. So two readers of one token
 * never see two contents. Safe on any thread.
 */
final class StrictJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNumberLength(CompactToken.MOST_CHARACTERS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * The object in a part of a token.
   *
   * @param part the part, decoded from base64url
   * @param name the part's name in a message, in the plural
   * @throws BadTokenException if it is not such an object
   */
  static JsonNode object(byte[] part, String name) throws BadTokenException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(part)).toString();
      JsonNode read = JSON.readTree(text);
      if (read.isObject()) {
        return read;
      }
    } catch (CharacterCodingException | JsonProcessingException e) {
      throw new BadTokenException(AuthFailure.MALFORMED, name + " cannot be read");
    }
    throw new BadTokenException(AuthFailure.MALFORMED, name + " are not a JSON object");
  }
}
