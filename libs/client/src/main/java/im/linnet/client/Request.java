package im.linnet.client;

import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Stream;
import org.jspecify.annotations.Nullable;

/** A request of the protocol. The ops of {@link ChatOps} make requests. Immutable. */
public final class Request {
  /** The treatment of a request that was written before its connection was lost. */
  enum Repeat {
    /** It is repeated unchanged: asking twice does no harm. */
    AS_IT_IS,
    /**
     * It is repeated with {@code retry}, also after a 5003: the server looks up whether it was done
     * already.
     */
    WITH_RETRY,
    /** It is not repeated: it is worthless by then. */
    NEVER
  }

  private static final String NO_LANE = "";

  private final String op;
  private final Repeat repeat;
  private final JsonBytes.Fields fields;
  private final @Nullable IdempotencyKey key;
  private final String lane;
  private final @Nullable Draft draft;
  private final @Nullable ChangeRequest change;

  private Request(
      String op,
      Repeat repeat,
      JsonBytes.Fields fields,
      @Nullable IdempotencyKey key,
      String lane,
      @Nullable Draft draft,
      @Nullable ChangeRequest change) {
    this.op = op;
    this.repeat = repeat;
    this.fields = fields;
    this.key = key;
    this.lane = lane;
    this.draft = draft;
    this.change = change;
  }

  /** A request that may be made twice without harm. */
  static Request question(String op, JsonBytes.Fields fields) {
    return new Request(op, Repeat.AS_IT_IS, fields, null, NO_LANE, null, null);
  }

  /** A request that makes no sense on a later connection. */
  static Request signal(String op, JsonBytes.Fields fields) {
    return new Request(op, Repeat.NEVER, fields, null, NO_LANE, null, null);
  }

  /**
   * A command about a topic or a user.
   *
   * @param lane the commands and messages of one lane keep their order; {@link #lane} names it
   */
  static Request command(String op, IdempotencyKey key, String lane, JsonBytes.Fields fields) {
    return new Request(op, Repeat.WITH_RETRY, fields, key, lane, null, null);
  }

  /** Sends a message. */
  static Request send(Draft draft) {
    String lane = lane(draft.kind(), draft.to());
    return new Request("send", Repeat.WITH_RETRY, draft, draft.key(), lane, draft, null);
  }

  /** Changes a message. */
  static Request change(ChangeRequest change) {
    String lane = lane(change.message().kind(), change.message().to());
    return new Request(change.change().op(), Repeat.AS_IT_IS, change, null, lane, null, change);
  }

  /** The lane of the messages and commands to a user or a topic. */
  static String lane(Stream kind, String to) {
    return (kind.keyedByUser() ? "user/" : "topic/") + to;
  }

  /** The op. */
  public String op() {
    return op;
  }

  /** The fields of the op, without {@code id}, {@code uuid} and {@code retry}. */
  public JsonBytes.Fields fields() {
    return fields;
  }

  /** Its key; null for a request that needs none. */
  public @Nullable IdempotencyKey key() {
    return key;
  }

  /** How it goes on after the loss of a connection. */
  Repeat repeat() {
    return repeat;
  }

  /** The requests among which it keeps its turn; empty for none. */
  String lane() {
    return lane;
  }

  /** The message of a request that sends one; null for any other. */
  public @Nullable Draft draft() {
    return draft;
  }

  /** The change, where this asks for one. */
  @Nullable ChangeRequest change() {
    return change;
  }
}
