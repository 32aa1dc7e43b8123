package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.testkit.FreePort;
import im.linnet.testkit.OsProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two who talk in their terminals, through a whole {@code linnet up}. */
class ChatIT {
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(10);

  @TempDir static Path folder;

  private static final int HTTP = FreePort.next();
  private static final int TCP = FreePort.next();
  private static final int KAFKA = FreePort.next();
  private static int starts;
  private static OsProcess up;

  @BeforeAll
  static void start() {
    up =
        OsProcess.java(
            "up-" + ++starts,
            folder,
            List.of("-Xmx512m"),
            Main.class.getName(),
            List.of(
                "up",
                "--data",
                folder.resolve("data").toString(),
                "--http-port",
                Integer.toString(HTTP),
                "--tcp-port",
                Integer.toString(TCP),
                "--kafka-port",
                Integer.toString(KAFKA)));
    up.awaitLine(Pattern.compile("^ready"), START);
  }

  @AfterAll
  static void stop() {
    if (up != null) {
      up.close();
    }
  }

  @Test
  void twoTalkAndSeeWhatBecomesOfIt() throws Exception {
    try (ChatProcess aa = chat("aa", "bb");
        ChatProcess bb = chat("bb", "aa")) {
      aa.await("you are aa");
      bb.await("you are bb");
      aa.await("bb is online");
      aa.type("Hello", "/dance");
      assertThat(aa.await("is nothing that I know")).startsWith("* /dance");
      assertThat(bb.await("aa: Hello")).doesNotContain("✓");
      aa.await("✓✓ bb has read");
      assertThat(aa.lines()).anyMatch(line -> line.endsWith("aa: Hello  ✓"));
      bb.type("Hi");
      aa.await("bb: Hi");
      bb.await("✓✓ aa has read");

      up.terminate(STOP);
      aa.await("trying again");
      start();
      aa.await("connected again");
      bb.await("connected again");
      bb.type("Still there?");
      aa.await("bb: Still there?");
      aa.type("/history 3");
      assertThat(aa.await("aa: Hello")).endsWith("✓✓");
      aa.await("bb: Hi");
      aa.await("bb: Still there?");

      bb.await("✓✓ aa has read");
      bb.type("/quit");
      aa.await("bb is offline");
      assertThat(bb.end()).isZero();
      assertThat(aa.end()).isZero();
    }
  }

  @Test
  void whatIsPipedInIsSentAndWaitsUnreadUntilItIsShown() throws Exception {
    try (ChatProcess cc = chat("cc", "dd")) {
      for (int i = 1; i <= 250; i++) {
        cc.type("m" + i);
      }
      assertThat(cc.end()).isZero();
      assertThat(contents(cc, "cc", "  ✓")).containsExactlyInAnyOrderElementsOf(numbered(1, 250));
    }
    try (ChatProcess dd = chat("dd", null)) {
      dd.await("250 unread from cc (/to cc)");
      dd.type("/to cc");
      dd.await("50 earlier ones from cc are unread; /more shows them");
      assertThat(contents(dd, "cc", "")).isEqualTo(numbered(51, 250));
      dd.type("/unread");
      dd.await("* 50 unread");
      dd.type("/more 100", "/unread");
      dd.await("* 0 unread");
      assertThat(contents(dd, "cc", "").subList(200, 250)).isEqualTo(numbered(1, 50));
      assertThat(dd.end()).isZero();
    }
    try (ChatProcess cc = chat("cc", "dd")) {
      assertThat(cc.end()).isZero();
      assertThat(contents(cc, "cc", "  ✓✓")).isEqualTo(numbered(231, 250));
    }
  }

  private static ChatProcess chat(String user, String peer) throws IOException {
    List<String> who = peer == null ? List.of("--as", user) : List.of("--as", user, "--to", peer);
    List<String> where =
        List.of("--server", "127.0.0.1:" + TCP, "--token-server", "127.0.0.1:" + HTTP);
    return ChatProcess.start(
        folder,
        user + "-" + System.nanoTime(),
        Stream.concat(who.stream(), where.stream()).toList());
  }

  private static List<String> numbered(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(i -> "m" + i).toList();
  }

  /** What somebody said with those ticks behind it, as it stands on the screen. */
  private static List<String> contents(ChatProcess chat, String sender, String ticks) {
    Pattern line = Pattern.compile("\\d\\d:\\d\\d " + sender + ": (\\w+)" + ticks);
    return chat.lines().stream()
        .map(line::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .toList();
  }
}
