package im.linnet.schemas.frame;

/** The outcome of a request. A client may repeat a request that got a {@link #retryable} code. */
public enum ReplyCode {
  OK(0, "ok", false),
  BAD_REQUEST(4000, "bad_request", false),
  UNAUTHENTICATED(4001, "unauthenticated", false),
  FORBIDDEN(4003, "forbidden", false),
  NOT_FOUND(4004, "not_found", false),
  CONFLICT(4009, "conflict", false),
  TOO_LARGE(4013, "too_large", false),
  RATE_LIMITED(4029, "rate_limited", true),
  INTERNAL(5000, "internal", true),
  UNAVAILABLE(5003, "unavailable", true);

  private final int code;
  private final String word;
  private final boolean retryable;

  ReplyCode(int code, String word, boolean retryable) {
    this.code = code;
    this.word = word;
    this.retryable = retryable;
  }

  /** The code of that number; {@link #INTERNAL} for a number that this version does not know. */
  public static ReplyCode ofCode(int number) {
    for (ReplyCode each : values()) {
      if (each.code == number) {
        return each;
      }
    }
    return INTERNAL;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The word that begins the reply's {@code message}. */
  public String word() {
    return word;
  }

  /** Whether the same request may succeed later. */
  public boolean retryable() {
    return retryable;
  }
}
