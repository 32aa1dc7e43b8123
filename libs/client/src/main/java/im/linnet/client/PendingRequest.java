package im.linnet.client;

import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.frame.ReplyCode;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request without a reply yet. Owned by the client's loop, except for its future. */
final class PendingRequest {
  private final Request request;
  private final CompletableFuture<ServerResponse> reply = new CompletableFuture<>();

  private long number;
  private long deadline = Long.MAX_VALUE;
  private boolean written;
  private @Nullable ServerResponse refusal;

  PendingRequest(Request request) {
    this.request = request;
  }

  Request request() {
    return request;
  }

  CompletableFuture<ServerResponse> reply() {
    return reply;
  }

  /** Its place in the order of all requests. */
  long number() {
    return number;
  }

  String id() {
    return Long.toString(number);
  }

  long deadline() {
    return deadline;
  }

  void accept(long newNumber, long newDeadline) {
    number = newNumber;
    deadline = newDeadline;
  }

  /** Whether it may go to another connection. */
  boolean mayRepeat() {
    return !written || request.repeat() != Request.Repeat.NEVER;
  }

  /** Whether that answer is not the last one: the same request may get another one soon. */
  boolean outlives(ServerResponse response) {
    return request.repeat() == Request.Repeat.WITH_RETRY
        && response.replyCode() == ReplyCode.UNAVAILABLE;
  }

  /** Keeps an answer that is not the last one. */
  void refusedFor(ServerResponse response) {
    refusal = response;
  }

  /** The last answer so far; null where there was none. */
  @Nullable ServerResponse refusal() {
    return refusal;
  }

  /** The frame for the connection that is open now. */
  byte[] encode() {
    boolean again = written && request.repeat() == Request.Repeat.WITH_RETRY;
    written = true;
    IdempotencyKey key = request.key();
    return JsonBytes.object(
        json -> {
          json.writeStringField("id", id());
          json.writeStringField("op", request.op());
          request.fields().write(json);
          if (key != null) {
            json.writeStringField("uuid", key.uuid());
            if (again || key.retry()) {
              json.writeBooleanField("retry", true);
            }
          }
        });
  }
}
