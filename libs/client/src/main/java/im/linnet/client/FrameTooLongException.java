package im.linnet.client;

import java.io.IOException;

/** The server sent a longer frame than this client takes. */
final class FrameTooLongException extends IOException {
  private static final long serialVersionUID = 1L;

  FrameTooLongException(int longest) {
    super("the server sent a frame of more than " + longest + " bytes");
  }
}
