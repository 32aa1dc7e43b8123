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
import org.awaitility.Awaitility;
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
        ChatProcess bb = chat("bb", "aa");
        ChatProcess pipe = ChatProcess.piped(folder, "restart", arguments("pp", "bb"))) {
      aa.await("you are aa");
      bb.await("you are bb");
      aa.await("bb is online");
      aa.type("Hello", "/dance");
      aa.await("aa: Hello  (sending)");
      assertThat(aa.await("is not a command")).startsWith("* /dance");
      assertThat(bb.await("aa: Hello")).doesNotContain("✓");
      aa.await("✓✓ bb has read");
      pipe.type("Before the restart");
      bb.await("pp wrote");
      assertThat(aa.lines()).anyMatch(line -> line.endsWith("aa: Hello  ✓"));
      bb.type("Hi");
      aa.await("bb: Hi");
      bb.await("✓✓ aa has read");

      up.terminate(STOP);
      aa.await("* connection lost; trying again (Enter tries at once)");
      aa.type("Are you there?");
      aa.await("aa: Are you there?  (sending)");
      start();
      // Enter, so that nobody waits for the end of a long pause.
      aa.type("");
      bb.type("");
      aa.await("* connected again");
      bb.await("* connected again");
      assertThat(aa.lines())
          .filteredOn(line -> line.contains("connection lost; trying again"))
          .hasSize(1);
      pipe.type("After the restart", "And one more");
      assertThat(pipe.endInput()).isZero();
      assertThat(pipe.lines()).isEmpty();
      bb.await("aa: Are you there?");
      bb.type("Still there");
      aa.await("bb: Still there");
      aa.type("/history 4");
      assertThat(aa.await("aa: Hello")).endsWith("✓✓");
      aa.await("bb: Hi");
      aa.await("bb: Still there");

      bb.await("✓✓ aa has read");
      assertThat(bb.quit()).isZero();
      aa.await("bb is offline");
      assertThat(aa.end()).isZero();
      assertThat(aa.lines()).noneMatch(line -> line.contains("Exception"));
    }
  }

  @Test
  void aTerminalThatEditsLinesIsNotTorn() throws Exception {
    try (ChatProcess ee = ChatProcess.start(folder, "ee", "xterm", arguments("ee", "ff"));
        ChatProcess ff = chat("ff", "ee")) {
      ee.await("you are ee");
      ff.await("you are ff");
      ee.keys("\u001b[200~one\rtwo\u001b[201~\r");
      ff.await("ee: one");
      assertThat(ff.await("two")).isEqualTo("      two");
      ee.await("      two  ✓");
      ee.keys("half a line");
      ff.type("Hi");
      ee.await("ff: Hi");
      // The line that is typed is drawn again below the message.
      ee.await("ff> half a line");
      ee.keys(" and the rest\r");
      ff.await("ee: half a line and the rest");
      ee.await("half a line and the rest  ✓");
      assertThat(ff.end()).isZero();
      assertThat(ee.end()).isZero();
    }
  }

  @Test
  void whatIsPipedInIsSentAndWaitsUnreadUntilItIsShown() throws Exception {
    assertThat(pipe("Not read yet\n", "kk", "cc").exit()).isZero();
    assertThat(pipe("Hello\n", "cc", "kk")).isEqualTo(new ChatProcess.Piped(0, "", ""));
    String input = String.join("\r\n", numbered(1, 250));
    assertThat(pipe(input, "cc", "dd")).isEqualTo(new ChatProcess.Piped(0, "", ""));
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
      // Sending marked nothing as read.
      cc.await("1 unread from kk (/to kk)");
      assertThat(contents(cc, "cc", "  ✓✓")).isEqualTo(numbered(231, 250));
      assertThat(cc.end()).isZero();
    }
  }

  @Test
  void whatIsPipedInDoesNotEndTheChatOfTheSameUser() throws Exception {
    try (ChatProcess gg = chat("gg", "hh")) {
      gg.await("you are gg");
      // The first one makes the device known, whose messages are copied to the others from then on.
      assertThat(pipe("Known\n", "gg", "hh").exit()).isZero();
      assertThat(pipe("From a script\n", "gg", "hh").exit()).isZero();
      gg.await("gg: From a script");
      assertThat(gg.end()).isZero();
    }
  }

  @Test
  void pipesOfOneUserAtOnceSendEachLineOnceAndInOrder() throws Exception {
    try (ChatProcess mm = chat("mm", "ll");
        ChatProcess older = ChatProcess.piped(folder, "older", arguments("ll", "mm"));
        ChatProcess newer = ChatProcess.piped(folder, "newer", arguments("ll", "mm"))) {
      mm.await("you are mm");
      older.type("o1");
      mm.await("ll: o1");
      newer.type("n1");
      mm.await("ll: n1");
      older.type("o2");
      mm.await("ll: o2");
      newer.type("n2");
      mm.await("ll: n2");
      older.type(numbered("o", 3, 60).toArray(String[]::new));
      newer.type(numbered("n", 3, 60).toArray(String[]::new));
      assertThat(pipe("t1\nt2\n", "ll", "mm")).isEqualTo(new ChatProcess.Piped(0, "", ""));
      assertThat(older.endInput()).isZero();
      assertThat(newer.endInput()).isZero();
      assertThat(older.lines()).isEmpty();
      assertThat(newer.lines()).isEmpty();
      Awaitility.await()
          .untilAsserted(() -> assertThat(contents(mm, "ll", "")).contains("o60", "n60", "t2"));
      List<String> all = contents(mm, "ll", "");
      assertThat(all).filteredOn(each -> each.startsWith("o")).isEqualTo(numbered("o", 1, 60));
      assertThat(all).filteredOn(each -> each.startsWith("n")).isEqualTo(numbered("n", 1, 60));
      assertThat(all).filteredOn(each -> each.startsWith("t")).containsExactly("t1", "t2");
      assertThat(mm.end()).isZero();
    }
  }

  @Test
  void whatCannotBeSentIsSaidAndIsNotSent() throws Exception {
    ChatProcess.Piped nobody = pipe("Hello\n", "ii", null);
    assertThat(nobody.exit()).isEqualTo(1);
    assertThat(nobody.out()).isEmpty();
    assertThat(nobody.err().lines()).hasSize(1).first().asString().contains("nobody to send to");
    ChatProcess.Piped wrong = pipe("/to j j\nHello\n", "ii", "jj");
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.err().lines()).hasSize(1).first().asString().contains("'j j'");
    try (ChatProcess jj = chat("jj", "ii")) {
      jj.await("you are jj");
      jj.type("/unread");
      jj.await("* 0 unread");
      assertThat(jj.end()).isZero();
    }
  }

  @Test
  void withoutAServerOneLineNamesTheAddress() throws Exception {
    int free = FreePort.next();
    ChatProcess.Piped run =
        ChatProcess.pipe(
            folder,
            "Hello\n",
            List.of(
                "--as",
                "aa",
                "--to",
                "bb",
                "--server",
                "127.0.0.1:" + free,
                "--token-server",
                "127.0.0.1:" + HTTP));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .hasSize(1)
        .first()
        .asString()
        .contains("nothing listens at 127.0.0.1:" + free);
  }

  private static ChatProcess.Piped pipe(String input, String user, String peer) throws Exception {
    return ChatProcess.pipe(folder, input, arguments(user, peer));
  }

  private static ChatProcess chat(String user, String peer) throws IOException {
    return ChatProcess.start(folder, user + "-" + System.nanoTime(), arguments(user, peer));
  }

  private static List<String> arguments(String user, String peer) {
    List<String> who = peer == null ? List.of("--as", user) : List.of("--as", user, "--to", peer);
    List<String> where =
        List.of("--server", "127.0.0.1:" + TCP, "--token-server", "127.0.0.1:" + HTTP);
    return Stream.concat(who.stream(), where.stream()).toList();
  }

  private static List<String> numbered(int first, int last) {
    return numbered("m", first, last);
  }

  private static List<String> numbered(String prefix, int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(i -> prefix + i).toList();
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
