package im.linnet.schemas.frame;

/**
 * The server's reason to end a session. 3000-3499: the client reconnects with jittered back-off and
 * resumes. 3500-3999: the client does not reconnect without a user's action. The ranges are
 * Centrifugo's convention.
 */
public enum CloseCode {
  DRAINING(3000, "draining"),
  SLOW_CONSUMER(3001, "slow_consumer"),
  IDLE_TIMEOUT(3002, "idle_timeout"),
  MOVED(3003, "moved"),
  OVERLOADED(3004, "overloaded"),
  UNAUTHENTICATED(3500, "unauthenticated"),
  TOKEN_EXPIRED(3501, "token_expired"),
  PROTOCOL_ERROR(3502, "protocol_error"),
  FRAME_TOO_LARGE(3503, "frame_too_large"),
  REPLACED(3504, "replaced"),
  KICKED(3505, "kicked");

  private final int code;
  private final String word;

  CloseCode(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** The WebSocket close code, and the {@code code} of a close frame. */
  public int code() {
    return code;
  }

  /** The word that begins the close reason. */
  public String word() {
    return word;
  }

  /** Whether a client should come back by itself. */
  public boolean reconnect() {
    return code < 3500;
  }
}
