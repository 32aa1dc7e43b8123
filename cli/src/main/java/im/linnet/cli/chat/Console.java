package im.linnet.cli.chat;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A person types and reads here. One thread reads; printing is safe on any thread. Texts may have
 * several lines, and are printed unchanged.
 */
public interface Console extends AutoCloseable {
  /**
   * The next input: a line, or the lines of a paste. Blocks.
   *
   * @param prompt stands before the line if the terminal can edit lines
   * @return null at the end of the input
   */
  @Nullable String read(String prompt) throws IOException;

  /** Prints a text for good. */
  void print(String text);

  /**
   * Shows a line until it is settled; if the terminal can, it stands below the printed texts.
   *
   * @return a number for {@link #settle}
   */
  long pending(String line);

  /** Prints the outcome in place of the pending line. */
  void settle(long pending, String text);

  /** Whether texts may hold escape sequences for colours. */
  boolean colours();

  /** Ends reading, and restores the terminal. */
  @Override
  void close();
}
