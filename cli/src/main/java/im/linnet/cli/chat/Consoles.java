package im.linnet.cli.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;

/** The console that this process was started in. */
public final class Consoles {
  /** Its warnings are about its search for a terminal, and would stand in the chat. */
  private static final Logger JLINE = Logger.getLogger("org.jline");

  static {
    JLINE.setLevel(Level.OFF);
  }

  private Consoles() {}

  /** Whether a person can type here; otherwise the input is piped in. */
  public static boolean isTyped() {
    return new ExecTerminalProvider().isPosixSystemStream(SystemStream.Input);
  }

  /**
   * Opens a console that edits lines; a plain one if the terminal is dumb or the output goes
   * elsewhere. It asks the terminal by the system's own tools ({@code stty}), so this JVM needs no
   * native code.
   *
   * @param environment {@code TERM} names the terminal; {@code NO_COLOR}, not empty, means no
   *     colours
   * @param out for a plain console
   */
  public static Console open(Map<String, String> environment, PrintWriter out) {
    String type = environment.getOrDefault("TERM", "dumb");
    boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty();
    if (!type.isBlank()
        && !type.startsWith("dumb")
        && new ExecTerminalProvider().isPosixSystemStream(SystemStream.Output)) {
      try {
        Terminal terminal =
            TerminalBuilder.builder()
                .system(true)
                .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                .provider("exec")
                .dumb(false)
                .encoding(StandardCharsets.UTF_8)
                .build();
        return new EditingConsole(terminal, colours);
      } catch (IOException | IllegalStateException e) {
        // The tools are missing, or do not know this terminal: a plain console will do.
        return plain(out);
      }
    }
    return plain(out);
  }

  private static Console plain(PrintWriter out) {
    return new PlainConsole(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out);
  }
}
