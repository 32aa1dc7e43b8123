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
 * A terminal with an edited line at the bottom and the printed texts above it. Pending lines stand
 * between the two, each on one row, until they are settled. A paste is one input, even with several
 * lines. Ctrl-C drops the typed line; without one it ends the input, as Ctrl-D does. The arrow keys
 * bring back earlier inputs. These are not written to any file.
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

  /** Takes over the terminal until the close. */
  EditingConsole(Terminal terminal, boolean colours) {
    this.terminal = terminal;
    this.colours = colours;
    // Also between two lines: keys that are typed then must not be echoed into the printed texts.
    this.before = terminal.enterRawMode();
    // Quotes and backslashes are plain text here, and an exclamation mark brings back no input.
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
      // The terminal is gone.
      return;
    }
  }

  /** Overwrites the rows of pending lines with the text and the lines that are pending now. */
  private void redraw(String text) {
    StringBuilder out = new StringBuilder();
    int width = terminal.getWidth() > 0 ? terminal.getWidth() : USUAL_WIDTH;
    // After a change of the width the number of their rows is unknown, so they stay as printed
    // lines.
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
