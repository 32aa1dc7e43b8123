package im.linnet.edge.auth;

import java.io.IOException;

/** A key set cannot be read or has no usable key. The message gives the reason, in a few words. */
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
