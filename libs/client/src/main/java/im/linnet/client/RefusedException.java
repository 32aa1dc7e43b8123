package im.linnet.client;

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
}
