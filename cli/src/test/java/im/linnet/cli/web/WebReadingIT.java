package im.linnet.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How the page shows messages, and what it takes as read. */
@WebTest
class WebReadingIT {
  /**
   * Scrolls back until that shows: a page that still takes its new size scrolls to the end again.
   */
  private static final String SCROLLED_BACK =
      """
      (() => {
        const jump = document.getElementById('jump');
        if (jump.hidden) {
          document.getElementById('messages-scroll').scrollTop -= 1000;
        }
        return !jump.hidden;
      })()""";

  private static final int MANY = 70;
  private static final String IS_IN_SIGHT =
      "(() => { const box = document.getElementById('messages-scroll').getBoundingClientRect();"
          + " const item = [...document.querySelectorAll('#messages > li')].find(li =>"
          + " (li.querySelector('.content') ?? li).textContent === arguments[0]);"
          + " if (!item) return false; const its = item.getBoundingClientRect();"
          + " return its.top >= box.top && its.bottom <= box.bottom; })()";

  @Test
  void aConversationOpensAtTheFirstUnreadMessageAndMarksWhatIsSeen(Visitors visitors) {
    ChatPage cleo = visitors.desktop("cleo");
    ChatPage dan = visitors.desktop("dan");
    cleo.talkTo("dan");
    cleo.say("Read before");
    dan.choose("cleo");
    cleo.seeOwn("Read before", "read");
    dan.talkTo("eva");
    cleo.sayAll(numbered(MANY));
    dan.seeUnread("cleo", MANY);

    dan.choose("cleo");
    see(dan, "Unread from here");
    see(dan, "Number 0");
    cleo.seeOwn("Number 0", "read");
    dan.seeThat("some are seen", "!/^\\((0|70)\\)/.test(document.title)");
    assertThat(dan.ask("return " + IS_IN_SIGHT, last())).isEqualTo(false);
    cleo.seeOwn(last(), "sent");
    dan.press("#jump");
    cleo.seeOwn(last(), "read");
    dan.seeUnread("cleo", 0);

    dan.reload();
    dan.seeConnectedAs("dan");
    see(dan, last());
    dan.seeThat("nothing is unread", "document.querySelector('.unread-line') === null");
    visitors.assertNoErrors();
  }

  @Test
  void whatComesWhileThePageIsHiddenIsReadOnceItIsSeen(Visitors visitors) {
    ChatPage finn = visitors.desktop("finn");
    ChatPage gia = visitors.desktop("gia");
    finn.talkTo("gia");
    gia.talkTo("finn");
    finn.say("Seen");
    finn.seeOwn("Seen", "read");
    String tab = gia.newTab();
    finn.say("While you are away");
    finn.seeOwn("While you are away", "sent");
    finn.sayAll(numbered(MANY));
    finn.seeOwn(last(), "sent");

    gia.toTab(tab);
    see(gia, "Unread from here");
    see(gia, "While you are away");
    finn.seeOwn("While you are away", "read");
    assertThat(gia.ask("return " + IS_IN_SIGHT, last())).isEqualTo(false);
    finn.seeOwn(last(), "sent");
    visitors.assertNoErrors();
  }

  @Test
  void theEndStaysInSightWhenThePageBecomesSmaller(Visitors visitors) {
    ChatPage hugo = visitors.desktop("hugo");
    hugo.talkTo("ines");
    hugo.sayAll(numbered(MANY));
    hugo.seeOwn(last(), "sent");
    see(hugo, last());
    hugo.resize(1200, 420);
    see(hugo, last());
    hugo.resize(360, 300);
    see(hugo, last());
    hugo.seeThat("the way to the end shows", SCROLLED_BACK);
    hugo.resize(360, 500);
    assertThat(hugo.ask("return " + IS_IN_SIGHT, last())).isEqualTo(false);
    visitors.assertNoErrors();
  }

  @Test
  void addressesAreLinksAndNothingElseIs(Visitors visitors) {
    ChatPage jan = visitors.desktop("jan");
    jan.talkTo("kai");
    String text =
        "See https://example.org/a_(b), javascript:alert(1) and <a href=\"https://x.test/\">x</a>.";
    jan.say(text);
    jan.seeOwn(text, "sent");
    assertThat(
            jan.ask(
                "return [...document.querySelectorAll('#messages a')]"
                    + ".map(a => [a.href, a.textContent, a.target, a.rel].join(' '))"))
        .isEqualTo(
            List.of(
                "https://example.org/a_(b) https://example.org/a_(b) _blank noopener noreferrer",
                "https://x.test/ https://x.test/ _blank noopener noreferrer"));
    visitors.assertNoErrors();
  }

  @Test
  void eachLineTakesItsOwnDirection(Visitors visitors) {
    ChatPage kim = visitors.desktop("kim");
    kim.talkTo("lea");
    kim.sayAll(List.of("שלום עולם, a\nHello שלום", "Hello שלום"));
    kim.seeOwn("Hello שלום", "sent");
    assertThat(
            kim.ask(
                "return [...document.querySelectorAll('.bubble')]"
                    + ".map(bubble => getComputedStyle(bubble).direction)"))
        .isEqualTo(List.of("rtl", "ltr"));
    // Of the second line the first letter stands left of the second word.
    assertThat(
            kim.ask(
                "const text = document.querySelector('.content').firstChild;"
                    + "const x = i => { const r = document.createRange(); r.setStart(text, i);"
                    + " r.setEnd(text, i + 1); return r.getBoundingClientRect().left; };"
                    + "const line = text.data.indexOf('H');"
                    + "return [x(0) > x(5), x(line) < x(line + 6)]"))
        .isEqualTo(List.of(true, true));
    kim.ask("document.getElementById('text').value = 'שלום'");
    assertThat(kim.ask("return getComputedStyle(document.getElementById('text')).direction"))
        .isEqualTo("rtl");
    visitors.assertNoErrors();
  }

  @Test
  void severalMessagesAreCopiedWithTimeAndName(Visitors visitors) {
    ChatPage max = visitors.desktop("max");
    max.talkTo("nia");
    max.say("The first one");
    max.say("The second one");
    max.seeOwn("The second one", "sent");
    assertThat(copied(max, 0, 1).replaceAll("\\d", "0"))
        .isEqualTo("[0000-00-00 00:00] max: first one\n[0000-00-00 00:00] max: The sec");
    assertThat(copied(max, 0, 0)).isEqualTo("fir");
    visitors.assertNoErrors();
  }

  /** Copies from the fifth letter of one message to the seventh of another. */
  private static String copied(ChatPage page, int from, int to) {
    return String.valueOf(
        page.ask(
            "document.activeElement.blur();"
                + "const texts = [...document.querySelectorAll('.content')].map(c => c.firstChild);"
                + "getSelection().setBaseAndExtent(texts[arguments[0]], 4, texts[arguments[1]], 7);"
                + "const clipboardData = new DataTransfer();"
                + "document.getElementById('messages').dispatchEvent(new ClipboardEvent('copy',"
                + " { clipboardData, bubbles: true, cancelable: true }));"
                + "return clipboardData.getData('text/plain')",
            from,
            to));
  }

  private static void see(ChatPage page, String text) {
    page.seeThat("'" + text + "' is in sight", IS_IN_SIGHT, text);
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "Number " + i).toList();
  }

  private static String last() {
    return "Number " + (MANY - 1);
  }
}
