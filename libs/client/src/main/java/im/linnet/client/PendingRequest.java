package im.linnet.client;

import im.linnet.schemas.JsonBytes;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request without a reply yet. Owned by the client's loop, except for its future. */
final class PendingRequest {
  /** The treatment of a request that was written before its connection was lost. */
  enum Repeat {
    /** It is repeated unchanged: asking twice does no harm. */
    AS_IT_IS,
    /** It is repeated as a retry: the server must look up whether it was done already. */
    WITH_RETRY,
    /** It is not repeated: it is worthless by then. */
    NEVER
  }

  private final String op;
  private final Repeat repeat;
  private final JsonBytes.Fields fields;
  private final @Nullable Draft draft;
  private final @Nullable ChangeRequest change;
  private final CompletableFuture<ServerResponse> reply = new CompletableFuture<>();

  private String id = "";
  private long deadline = Long.MAX_VALUE;
  private boolean written;

  /** A request that sends nothing and changes nothing that was sent. */
  PendingRequest(String op, Repeat repeat, JsonBytes.Fields fields) {
    this(op, repeat, null, null, fields);
  }

  /** A request that sends a message. */
  PendingRequest(String op, Draft draft, JsonBytes.Fields fields) {
    this(op, Repeat.WITH_RETRY, draft, null, fields);
  }

  /** A request that changes a message. */
  PendingRequest(ChangeRequest change) {
    this(change.change().op(), Repeat.AS_IT_IS, null, change, change);
  }

  private PendingRequest(
      String op,
      Repeat repeat,
      @Nullable Draft draft,
      @Nullable ChangeRequest change,
      JsonBytes.Fields fields) {
    this.op = op;
    this.repeat = repeat;
    this.draft = draft;
    this.change = change;
    this.fields = fields;
  }

  CompletableFuture<ServerResponse> reply() {
    return reply;
  }

  /** The message of a request that sends one. */
  @Nullable Draft draft() {
    return draft;
  }

  /** The change, where this asks for one. */
  @Nullable ChangeRequest change() {
    return change;
  }

  String op() {
    return op;
  }

  String id() {
    return id;
  }

  long deadline() {
    return deadline;
  }

  void accept(String newId, long newDeadline) {
    id = newId;
    deadline = newDeadline;
  }

  /** Whether it may go to another connection. */
  boolean mayRepeat() {
    return !written || repeat != Repeat.NEVER;
  }

  /** The frame for the connection that is open now. */
  byte[] encode() {
    boolean again = written && repeat == Repeat.WITH_RETRY;
    written = true;
    return JsonBytes.object(
        json -> {
          json.writeStringField("id", id);
          json.writeStringField("op", op);
          fields.write(json);
          if (again || (draft != null && draft.retry())) {
            json.writeBooleanField("retry", true);
          }
        });
  }
}
