package im.linnet.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What the page does with messages while its server cannot be reached. */
@WebTest
class WebOfflineIT {
  private static final String FOCUS_IS_INSIDE =
      "document.querySelector('#unsent').contains(document.activeElement)";

  private Wire wire;

  @BeforeEach
  void lay(Visitors visitors) {
    wire = new Wire(visitors.up().httpPort());
  }

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void aMessageWrittenOfflineOutlivesItsTab(Visitors visitors) {
    ChatPage una = visitors.desktop("una", wire.url());
    ChatPage vic = visitors.desktop("vic");
    vic.talkTo("una");
    una.talkTo("vic");
    wire.cut();
    una.seeStatus("offline");
    una.say("One");
    una.say("Two");
    una.seeNotSentYet("vic", "Two");
    una.seeOwn("Two", "not sent yet");
    una.closeTab();

    wire.mend();
    una.open(wire.url());
    una.seeText(
        "#login-unsent", "Messages that are not sent yet wait here for: una. Log in to send them.");
    una.enter("una");
    vic.seeAll("One", "Two");
    una.choose("vic");
    una.seeOwn("Two", "read");
    assertThat(outboxes(una)).isZero();
  }

  @Test
  void twoTabsOfOneUserSendAMessageOnce(Visitors visitors) {
    ChatPage wim = visitors.desktop("wim", wire.url());
    ChatPage xia = visitors.desktop("xia");
    xia.talkTo("wim");
    wim.talkTo("xia");
    wire.cut();
    wim.seeStatus("offline");
    wim.say("Once");
    wire.mend();
    String first = wim.newTab();
    wim.logIn(wire.url(), "wim");
    wim.choose("xia");
    xia.seeAll("Once");
    wim.say("Last");
    xia.seeAll("Once", "Last");
    wim.toTab(first);
    wim.seeAll("Once", "Last");
  }

  @Test
  void whoeverLogsOutDecidesWhatBecomesOfUnsentMessages(Visitors visitors) {
    ChatPage yan = visitors.desktop("yan", wire.url());
    yan.talkTo("zoe");
    wire.cut();
    yan.seeStatus("offline");
    yan.say("Not sent");
    yan.press("#logout");
    for (int i = 0; i < 5; i++) {
      yan.seeThat("the focus is in the dialog", FOCUS_IS_INSIDE);
      yan.type(Keys.TAB);
    }
    yan.press("#unsent [value=stay]");
    yan.seeNotSentYet("zoe", "Not sent");
    yan.press("#logout");
    yan.press("#unsent [value=keep]");
    yan.seeThat("the login page is shown", "!document.getElementById('login').hidden");
    assertThat(outboxes(yan)).isEqualTo(1);

    wire.mend();
    yan.logIn(wire.url(), "yan");
    yan.choose("zoe");
    yan.seeOwn("Not sent", "sent");
    wire.cut();
    yan.seeStatus("offline");
    yan.say("Never sent");
    yan.press("#logout");
    yan.press("#unsent [value=drop]");
    yan.seeThat("the login page is shown", "!document.getElementById('login').hidden");
    assertThat(outboxes(yan)).isZero();
  }

  @Test
  void aMessageThatTheBrowserHasNoRoomToKeepSaysSo(Visitors visitors) {
    ChatPage cyd = visitors.desktop("cyd", wire.url());
    cyd.talkTo("dot");
    wire.cut();
    cyd.seeStatus("offline");
    cyd.ask(
        "Storage.prototype.setItem = () => {throw new DOMException('', 'QuotaExceededError');}");
    cyd.say("Not kept");
    cyd.seeText(
        "#messages .why",
        "This browser has no room to keep this message. Leave the page open until it is sent.");
    cyd.press("#logout");
    cyd.seeText(
        "#unsent-text",
        "One message is not sent yet. This browser has no room to keep what you wrote: it is lost"
            + " when you log out.");
    cyd.press("#unsent [value=stay]");
    wire.mend();
    cyd.seeOwn("Not kept", "sent");
    cyd.seeThat("the warning is gone", "!document.querySelector('#messages .why')");
  }

  @Test
  void aFrozenServerShowsAndIsUsedAgainOnceItAnswers(Visitors visitors) {
    ChatPage abe = visitors.desktop("abe");
    abe.talkTo("bea");
    visitors.up().freeze();
    try {
      abe.seeStatus("not answering");
      abe.seePresence("the server is not answering");
      abe.say("Are you there?");
      abe.seeNotSentYet("bea", "Are you there?");
    } finally {
      visitors.up().thaw();
    }
    abe.seeStatus("online");
    abe.seeOwn("Are you there?", "sent");
    abe.seeAll("Are you there?");
  }

  private static long outboxes(ChatPage page) {
    return (Long)
        page.ask("return Object.keys(localStorage).filter(k => k.includes('outbox')).length");
  }
}
