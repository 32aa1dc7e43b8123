package im.linnet.client;

import im.linnet.schemas.frame.ReplyCode;

/** The server answered a request with a code other than 0. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ServerResponse response;

  /**
   * @param response the server's reply
   */
  public RefusedException(ServerResponse response) {
    super(response.code() + " " + response.message(), null, false, false);
    this.response = response;
  }

  /** The reply. */
  public ServerResponse response() {
    return response;
  }

  /** The code; {@link ReplyCode#INTERNAL} for one that this client does not know. */
  public ReplyCode code() {
    return response.replyCode();
  }

  /** The server's sentence about the reason; code and word where it gave none. */
  public String reason() {
    String message = response.message();
    int word = message.indexOf(": ");
    return word > 0 ? message.substring(word + 2) : response.code() + " " + message;
  }
}
