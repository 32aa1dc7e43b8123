package im.linnet.client;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Stream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A message to send.
 *
 * @param kind its stream
 * @param to the recipient: a user, or a topic
 * @param type {@code text} or another short token
 * @param content the text
 * @param uuid unique for this sender and recipient, for ever; null lets the client draw one
 * @param retry whether this client or an earlier one may have sent it before with the same uuid;
 *     the server then looks it up and gives the first outcome
 */
public record Draft(
    Stream kind, String to, String type, String content, @Nullable String uuid, boolean retry)
    implements JsonBytes.Fields {

  /** The type of plain text. */
  public static final String TEXT = "text";

  /** A text to a user. */
  public static Draft p2p(String to, String content) {
    return new Draft(Stream.P2P, to, TEXT, content, null, false);
  }

  /** A text to the members of a topic. */
  public static Draft topic(String topic, String content) {
    return new Draft(Stream.TOPIC, topic, TEXT, content, null, false);
  }

  /** A copy with this uuid. */
  public Draft withUuid(String newUuid) {
    return new Draft(kind, to, type, content, newUuid, retry);
  }

  /** A copy of this type, such as {@code image/png}. */
  public Draft withType(String newType) {
    return new Draft(kind, to, newType, content, uuid, retry);
  }

  /** A copy marked as a repeat. */
  public Draft asRetry() {
    return new Draft(kind, to, type, content, uuid, true);
  }

  /** Its key; a fresh one at each call where it has no uuid. */
  IdempotencyKey key() {
    return uuid == null ? IdempotencyKey.fresh() : new IdempotencyKey(uuid, retry);
  }

  /** Writes its fields, without the key. */
  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("kind", kind.wire());
    json.writeStringField("to", to);
    json.writeStringField("type", type);
    json.writeStringField("content", content);
  }
}
