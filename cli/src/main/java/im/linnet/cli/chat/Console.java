package im.linnet.cli.chat;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where a person types and reads. One thread reads; printing is safe on any. Texts may have several
 * lines, and are printed as they are.
 */
public interface Console extends AutoCloseable {
  /**
   * What was typed: a line, or the lines of a paste. Blocks.
   *
   * @param prompt stands before the line where the terminal can edit one
   * @return null at the end of the input
   */
  @Nullable String read(String prompt) throws IOException;

  /** Prints a text for good. */
  void print(String text);

  /**
   * Shows a line until it is settled, below what is printed for good where the terminal can do so.
   *
   * @return a number for {@link #settle}
   */
  long pending(String line);

  /** Prints, in place of the pending line, how it ended. */
  void settle(long pending, String text);

  /** Whether texts may hold escape sequences for colours. */
  boolean colours();

  /** Ends reading, and gives the terminal back as it was. */
  @Override
  void close();
}
