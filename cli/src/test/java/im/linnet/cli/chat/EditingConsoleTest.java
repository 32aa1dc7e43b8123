package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.builtins.ScreenTerminal;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person sees who types while others write: a terminal in memory, 30 columns wide. */
class EditingConsoleTest {
  private static final String END = "\u0004";

  private final ScreenTerminal screen = new ScreenTerminal(30, 12);
  private final PipedOutputStream keys = new PipedOutputStream();
  private final BlockingQueue<String> typed = new LinkedBlockingQueue<>();
  private EditingConsole console;
  private final StringBuffer written = new StringBuffer();
  private Thread reader;

  @BeforeEach
  void open() throws IOException {
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int each) {
            write(new byte[] {(byte) each}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            // ASCII only in here, so that no character is torn between two writes.
            String text = new String(bytes, offset, length, StandardCharsets.US_ASCII);
            written.append(text);
            screen.write(text);
          }
        };
    ExternalTerminal terminal =
        new ExternalTerminal(
            "test", "xterm", new PipedInputStream(keys), out, StandardCharsets.UTF_8);
    terminal.setSize(new Size(30, 12));
    console = new EditingConsole(terminal, false);
    reader = Thread.ofPlatform().daemon().start(this::read);
    awaitScreen("bb>");
  }

  @AfterEach
  void close() {
    console.close();
  }

  @Test
  void aMessageThatComesDoesNotTearTheLineThatIsTyped() throws Exception {
    type("half of a li");
    awaitScreen("bb> half of a li");
    console.print("12:00 bb: Hi");
    awaitScreen("12:00 bb: Hi", "bb> half of a li");
    type("ne\r");

    assertThat(next()).isEqualTo("half of a line");
    awaitScreen("12:00 bb: Hi", "bb>");
  }

  @Test
  void whatIsPendingStandsBelowUntilItIsSettled() throws Exception {
    long first = console.pending("--:-- aa: one  (sending)");
    long second = console.pending("--:-- aa: two, which is longer than a row  (sending)");
    type("three");
    console.print("12:00 bb: Hi");
    awaitScreen(
        "12:00 bb: Hi", "--:-- aa: one  (sending)", "--:-- aa: two, which is longe", "bb> three");
    console.settle(first, "12:01 aa: one");
    console.settle(second, "12:01 aa: two, which is longer than a row");

    awaitScreen(
        "12:00 bb: Hi",
        "12:01 aa: one",
        "12:01 aa: two, which is longer",
        " than a row",
        "bb> three");
  }

  @Test
  void fewOfManyPendingOnesAreShown() throws Exception {
    for (int i = 1; i <= 8; i++) {
      console.pending("--:-- m" + i);
    }
    awaitScreen(
        "* 3 earlier ones are not sent",
        "--:-- m4",
        "--:-- m5",
        "--:-- m6",
        "--:-- m7",
        "--:-- m8",
        "bb>");
  }

  @Test
  void aPasteOfSeveralLinesIsOneInput() throws Exception {
    // Without this a terminal types a paste as if each of its lines ended with Enter.
    assertThat(written.toString()).contains("\u001b[?2004h");
    type("\u001b[200~first\r  second\n\\n 'third'! $x !!\n\u001b[201~");
    type("\r");

    assertThat(next()).isEqualTo("first\n  second\n\\n 'third'! $x !!");
    type("next\r");
    assertThat(next()).isEqualTo("next");
  }

  @Test
  void whatWasTypedCanBeCalledBack() throws Exception {
    type("one\r");
    assertThat(next()).isEqualTo("one");
    type("\u001bOA and more\r");

    assertThat(next()).isEqualTo("one and more");
  }

  @Test
  void ctrlCDropsTheLineAndEndsWithoutOne() throws Exception {
    type("wrong");
    awaitScreen("bb> wrong");
    type("\u0003");
    awaitScreen("bb>");
    type("right\r");
    assertThat(next()).isEqualTo("right");
    type("x");
    awaitScreen("bb> x");
    type("\u007f");
    awaitScreen("bb>");
    type("\u0003");
    reader.join(10_000);

    assertThat(reader.isAlive()).isFalse();
  }

  @Test
  void ctrlDEnds() throws Exception {
    type(END);
    reader.join(10_000);

    assertThat(reader.isAlive()).isFalse();
    assertThat(typed).isEmpty();
  }

  private void read() {
    for (String line = console.read("bb> "); line != null; line = console.read("bb> ")) {
      typed.add(line);
    }
  }

  private void type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private String next() throws InterruptedException {
    return typed.poll(10, TimeUnit.SECONDS);
  }

  private void awaitScreen(String... lines) {
    await().untilAsserted(() -> assertThat(shown()).containsExactly(lines));
  }

  /** The rows that hold something, without what pads them. */
  private List<String> shown() {
    long[] cells = new long[30 * 12];
    screen.dump(cells, 0, 0, 12, 30, new int[2]);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      rows.appendCodePoint((int) (cells[i] & 0xFFFFFF));
      if (i % 30 == 29) {
        rows.append('\n');
      }
    }
    return rows.toString()
        .lines()
        .map(String::stripTrailing)
        .filter(row -> !row.isEmpty())
        .toList();
  }
}
