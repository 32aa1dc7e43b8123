package im.linnet.cli.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A terminal that only prints lines, such as a dumb one, or a file. */
final class PlainConsole implements Console {
  private final BufferedReader in;
  private final PrintWriter out;

  PlainConsole(BufferedReader in, PrintWriter out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public @Nullable String read(String prompt) throws IOException {
    return in.readLine();
  }

  @Override
  public void print(String text) {
    synchronized (out) {
      out.println(text);
      out.flush();
    }
  }

  @Override
  public long pending(String line) {
    print(line);
    return 0;
  }

  @Override
  public void settle(long pending, String text) {
    print(text);
  }

  @Override
  public boolean colours() {
    return false;
  }

  @Override
  public void close() {
    out.flush();
  }
}
