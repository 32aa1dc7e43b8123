package im.linnet.edge.auth;

import java.io.IOException;

/**
 * A key set cannot be read or holds no key that is good here; the message says why, in a few words.
 */
final class KeySetUnusableException extends IOException {
  private static final long serialVersionUID = 1L;

  KeySetUnusableException(String reason) {
    super(reason);
  }

  KeySetUnusableException(String reason, Throwable cause) {
    super(reason, cause);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
