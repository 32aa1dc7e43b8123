package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.client.HistoryEntry;
import im.linnet.client.Message;
import im.linnet.client.MessageChange;
import im.linnet.client.Presence;
import im.linnet.client.Unread;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.PresenceStatus;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final StringWriter printed = new StringWriter();
  private final Screen screen =
      new Screen(
          new PlainConsole(new BufferedReader(Reader.nullReader()), new PrintWriter(printed)),
          ZoneOffset.UTC);
  private final FakeChatServer server = new FakeChatServer();

  @Test
  void coloursAreUsedWhereTheTerminalHasThem() {
    Screen coloured = new Screen(new ColouredConsole(printed), ZoneOffset.UTC);
    coloured.message(server.says("aa", "bb", "Hi"));
    coloured.note("aa is online");

    assertThat(printed.toString().lines())
        .containsExactly(
            "\u001b[2m00:00\u001b[22m \u001b[1maa\u001b[22m: Hi",
            "\u001b[2m* aa is online\u001b[22m");
  }

  /** A terminal with colours. */
  private record ColouredConsole(StringWriter printed) implements Console {
    @Override
    public @Nullable String read(String prompt) {
      return null;
    }

    @Override
    public void print(String text) {
      printed.append(text).append('\n');
    }

    @Override
    public long pending(String line) {
      return 0;
    }

    @Override
    public void settle(long pending, String text) {
      print(text);
    }

    @Override
    public boolean colours() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void ownMessagesHaveTicks() {
    Message own = server.says("bb", "aa", "Hello");
    screen.sending("bb", own.content()).sent(own.timeMillis(), "bb", own.content());
    screen.entry(new HistoryEntry(own, false, 0), "bb");
    screen.entry(new HistoryEntry(own, true, 0), "bb");
    screen.entry(new HistoryEntry(server.says("aa", "bb", "Hi"), true, 0), "bb");

    assertThat(printed.toString().lines())
        .containsExactly(
            "--:-- bb: Hello  (sending)",
            "00:00 bb: Hello  ✓",
            "00:00 bb: Hello  ✓",
            "00:00 bb: Hello  ✓✓",
            "00:00 aa: Hi");
  }

  @Test
  void whatWasRecalledIsNotShown() {
    Message recalled = changed(server.says("aa", "bb", ""), 5, true);
    screen.entry(new HistoryEntry(recalled, true, 0), "bb");

    assertThat(printed.toString()).isEqualToIgnoringNewLines("00:00 aa: (recalled)");
  }

  @Test
  void whatWasEditedSaysSo() {
    Message edited = changed(server.says("aa", "bb", "Hello"), 5, false);
    screen.entry(new HistoryEntry(edited, true, 0), "bb");
    screen.changed(edited.identity(), new MessageChange.Edit("Hello\nyou"), 60_000);

    screen.changed(edited.identity(), new MessageChange.Recall(), 60_000);

    assertThat(printed.toString().lines())
        .containsExactly(
            "00:00 aa (edited): Hello",
            "00:01 aa (edited): Hello",
            "      you",
            "* aa took a message back");
  }

  private static Message changed(Message message, long editedMillis, boolean recalled) {
    return new Message(
        message.content(),
        message.sender(),
        message.type(),
        message.kind(),
        message.to(),
        message.uuid(),
        message.at(),
        message.timeMillis(),
        message.of(),
        editedMillis,
        recalled);
  }

  @Test
  void whatOthersWriteDoesNotSteerTheTerminal() {
    screen.message(
        server.says(
            Stream.MUTUAL, "t\u001b[2J\nx", "a\u202ea", "bb", "a\u001b[2Jb\u009b2J\u202ec\u0007"));
    screen.note("why\r\n\u001b[2J");

    assertThat(printed.toString().lines())
        .containsExactly(
            "00:00 a\ufffda [t\ufffd[2J x]: a\ufffd[2Jb\ufffd2J\ufffdc\ufffd", "* why \ufffd[2J");
  }

  @Test
  void lineBreaksStayAndNoLinePassesForAnotherMessage() {
    screen.message(server.says("aa", "bb", "one\r\ntwo\n12:00 cc: three\u2028four\n"));

    assertThat(printed.toString().lines())
        .containsExactly("00:00 aa: one", "      two", "      12:00 cc: three", "      four");
  }

  @Test
  void aLongNameIsCut() {
    screen.message(server.says("a".repeat(1_000), "bb", "Hi"));

    assertThat(printed.toString()).hasSizeLessThan(100).contains("a...: Hi");
  }

  @Test
  void theCommandsAreALineEach() {
    screen.help();

    assertThat(printed.toString().lines())
        .hasSizeGreaterThan(6)
        .allSatisfy(line -> assertThat(line).startsWith("* ").hasSizeLessThan(80));
  }

  @Test
  void presenceAndCountsAreNotes() {
    screen.presence(new Presence("aa", PresenceStatus.ONLINE, 1_000));
    screen.presence(new Presence("aa", PresenceStatus.OFFLINE, 0));
    screen.presence(new Presence("aa", PresenceStatus.OFFLINE, 60_000));
    screen.unread(
        Map.of("cc", new Unread.Count(1_000, true), "aa", new Unread.Count(2, false)),
        3,
        List.of("dd", "ee"));

    assertThat(printed.toString().lines())
        .containsExactly(
            "* aa is online",
            "* aa is offline",
            "* aa is offline, last seen 1970-01-01 00:01",
            "* 2 unread from aa (/to aa)",
            "* 1000+ unread from cc (/to cc)",
            "* 3 requests from dd, ee (/to dd)");
  }
}
