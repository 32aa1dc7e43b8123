package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.client.HistoryPage;
import im.linnet.client.Message;
import im.linnet.client.Presence;
import im.linnet.client.Unread;
import im.linnet.schemas.document.PresenceStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final StringWriter printed = new StringWriter();
  private final Screen screen = new Screen(new PrintWriter(printed), ZoneOffset.UTC);
  private final FakeChatServer server = new FakeChatServer();

  @Test
  void ownMessagesHaveTicks() {
    Message own = server.says("bb", "aa", "Hello");
    screen.sent(own.timeMillis(), "bb", own.content());
    screen.entry(new HistoryPage.Entry(own, false, 0, false, 0), "bb");
    screen.entry(new HistoryPage.Entry(own, true, 0, false, 0), "bb");
    screen.entry(new HistoryPage.Entry(server.says("aa", "bb", "Hi"), true, 0, false, 0), "bb");

    assertThat(printed.toString().lines())
        .containsExactly(
            "00:00 bb: Hello  ✓", "00:00 bb: Hello  ✓", "00:00 bb: Hello  ✓✓", "00:00 aa: Hi");
  }

  @Test
  void whatWasRecalledIsNotShown() {
    screen.entry(new HistoryPage.Entry(server.says("aa", "bb", ""), true, 0, true, 0), "bb");

    assertThat(printed.toString()).isEqualToIgnoringNewLines("00:00 aa: (recalled)");
  }

  @Test
  void whatOthersWriteDoesNotSteerTheTerminal() {
    screen.message(server.says("aa", "bb", "a\u001b[2Jb\u009b2Jc\nd\u2028e\tf\u0007"));

    assertThat(printed.toString().lines()).containsExactly("00:00 aa: a [2Jb 2Jc d e\tf ");
  }

  @Test
  void presenceAndCountsAreNotes() {
    screen.presence(new Presence("aa", PresenceStatus.ONLINE, 1_000));
    screen.presence(new Presence("aa", PresenceStatus.OFFLINE, 0));
    screen.presence(new Presence("aa", PresenceStatus.OFFLINE, 60_000));
    screen.unread(Map.of("cc", new Unread.Count(1_000, true), "aa", new Unread.Count(2, false)));

    assertThat(printed.toString().lines())
        .containsExactly(
            "* aa is online",
            "* aa is offline",
            "* aa is offline, last seen 1970-01-01 00:01",
            "* 2 unread from aa (/to aa)",
            "* 1000+ unread from cc (/to cc)");
  }
}
