package im.linnet.cli.chat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * A terminal with a line that is edited at the bottom, and everything else above it. Lines that are
 * pending stand between the two, each on one row, until they are settled. A paste is one input,
 * whatever its lines. Ctrl-C drops the line, and ends the input where there is none; Ctrl-D ends it
 * too. What was typed can be called back with the arrow keys until the end, and is not written to
 * any file.
 */
final class EditingConsole implements Console {
  private static final int MOST_PENDING = 5;
  private static final int USUAL_WIDTH = 80;

  private final Terminal terminal;
  private final LineReader reader;
  private final boolean colours;
  private final Attributes before;
  private final Map<Long, String> pending = new LinkedHashMap<>();
  private long last;
  private int drawn;
  private int drawnWidth;

  /** Takes over the terminal, to its close. */
  EditingConsole(Terminal terminal, boolean colours) {
    this.terminal = terminal;
    this.colours = colours;
    // Also between two lines: what is typed then must not be echoed into what is printed.
    this.before = terminal.enterRawMode();
    // Quotes and backslashes are text here, and an exclamation mark calls back nothing.
    DefaultParser parser = new DefaultParser();
    parser.setEscapeChars(null);
    parser.setQuoteChars(new char[0]);
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(parser)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, false)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "")
            .build();
  }

  @Override
  public @Nullable String read(String prompt) {
    while (true) {
      try {
        return reader.readLine(prompt).stripTrailing();
      } catch (UserInterruptException e) {
        if (e.getPartialLine().isEmpty()) {
          return null;
        }
      } catch (EndOfFileException e) {
        return null;
      }
    }
  }

  @Override
  public synchronized void print(String text) {
    redraw(text);
  }

  @Override
  public synchronized long pending(String line) {
    pending.put(++last, line);
    redraw("");
    return last;
  }

  @Override
  public synchronized void settle(long settled, String text) {
    pending.remove(settled);
    redraw(text);
  }

  @Override
  public boolean colours() {
    return colours;
  }

  @Override
  public void close() {
    try {
      terminal.setAttributes(before);
      terminal.close();
    } catch (IOException e) {
      // The terminal is gone, with whoever looked at it.
      return;
    }
  }

  /** Writes over the rows of pending lines: the text, then those that are pending now. */
  private void redraw(String text) {
    StringBuilder out = new StringBuilder();
    int width = terminal.getWidth() > 0 ? terminal.getWidth() : USUAL_WIDTH;
    // After a change of the width nobody knows how many rows they take; they stay, as lines of old.
    if (drawn > 0 && width == drawnWidth) {
      out.append("\u001b[").append(drawn).append("A\r\u001b[J");
    }
    if (!text.isEmpty()) {
      out.append(text).append('\n');
    }
    List<String> rows = rows();
    for (String row : rows) {
      String cut = new AttributedString(row).columnSubSequence(0, width - 1).toString();
      out.append(colours ? "\u001b[2m" + cut + "\u001b[0m" : cut).append('\n');
    }
    drawn = rows.size();
    drawnWidth = width;
    reader.printAbove(out.toString());
  }

  private List<String> rows() {
    List<String> lines = new ArrayList<>(pending.values());
    int hidden = Math.max(0, lines.size() - MOST_PENDING);
    List<String> rows = new ArrayList<>();
    if (hidden > 0) {
      rows.add("* " + hidden + " earlier ones are not sent yet");
    }
    rows.addAll(lines.subList(hidden, lines.size()));
    return rows;
  }
}
