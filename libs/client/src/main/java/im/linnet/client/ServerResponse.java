package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import im.linnet.schemas.frame.ReplyCode;
import org.jspecify.annotations.Nullable;

/**
 * The reply to a request as it came.
 *
 * @param code 0 for success, else one of {@link ReplyCode}'s numbers
 * @param data the reply's data, an object; empty if the reply has no data
 * @param message the code's word, and the problem
 */
public record ServerResponse(int code, JsonNode data, String message) {
  /** The reply that the server would have given. */
  static ServerResponse refusal(ReplyCode code, String detail) {
    return new ServerResponse(
        code.code(), JsonNodeFactory.instance.objectNode(), code.word() + ": " + detail);
  }

  /** Whether the request was served. */
  public boolean ok() {
    return code == ReplyCode.OK.code();
  }

  /** The code; {@link ReplyCode#INTERNAL} for one that this client does not know. */
  public ReplyCode replyCode() {
    return ReplyCode.ofCode(code);
  }

  /**
   * Whether the same request may succeed later; false for a code that this client does not know.
   */
  public boolean retryable() {
    return replyCode().code() == code && replyCode().retryable();
  }

  /** The field of the request that the server refuses; null if it names none. */
  public @Nullable String field() {
    return JsonValues.text(data, "field");
  }

  /** The pause before a retry, in ms; 0 if the server gave none. */
  public long retryAfterMillis() {
    return data.path("retryAfter").asLong(0);
  }
}
