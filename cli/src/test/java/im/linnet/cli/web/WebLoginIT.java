package im.linnet.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Who may log in on the page, and with what. */
@WebTest
class WebLoginIT {
  private static final String FOCUS_IS_INSIDE =
      "document.querySelector('#stopped').contains(document.activeElement)";

  /** Connects once more with this tab's device, as a copy of the tab does. */
  private static final String REPLACE =
      """
      const done = arguments[0];
      const device = JSON.parse(localStorage.getItem('linnet/devices'))[0];
      fetch('/v1/token', { method: 'POST', body: '{"clientId":"zac"}' })
        .then((response) => response.json())
        .then(({ data }) => {
          const socket = new WebSocket(`ws://${location.host}/v1/ws`);
          socket.onopen = () => socket.send(JSON.stringify({ id: '1', op: 'auth', token: data.token, device }));
          socket.onmessage = () => done();
        });
      """;

  @Test
  void aNameThatCannotBeIsRefusedWithASentence(Visitors visitors) {
    ChatPage page = visitors.stranger();
    page.open(visitors.up().url());
    page.enter("x".repeat(65));
    page.seeText("#login-error", "A name has at most 64 characters. This one has 65.");
    page.enter("ola");
    page.seeConnectedAs("ola");
    page.ask("document.getElementById('new-name').value = 'y'.repeat(70)");
    page.press("#new-form button");
    page.seeText("#new-error", "A name has at most 64 characters. This one has 70.");
    page.ask("document.getElementById('new-name').value = 'Zoë'");
    page.press("#new-form button");
    page.seeText(
        "#new-error",
        "A name cannot contain “ë”. It can contain the letters A-Z and a-z, digits, and . _ @ -");
    assertThat(page.ask("return document.querySelectorAll('#talks > li').length")).isEqualTo(0L);
    visitors.assertNoErrors();
  }

  @Test
  void whereTheServerGivesNoTokenThePageAsksForOne(Visitors visitors) throws Exception {
    ChatPage page = visitors.stranger();
    // As if a proxy asked for a browser elsewhere.
    page.sendHeaders(Map.of("X-Forwarded-For", "192.0.2.1"));
    page.open(visitors.up().url());
    page.enter("tom");
    page.seeText(
        "#login-error",
        "This server gives tokens only to browsers on its own machine. Paste a token below.");
    page.enterToken("tom");
    page.seeText(
        "#login-error",
        "This is not a token. A token has three parts with dots between them; copy all of it.");
    page.ask("document.getElementById('login-token').value = ''");
    page.enterToken(visitors.up().token("tom"));
    page.seeConnectedAs("tom");
  }

  @Test
  void aLinkBringsATokenThatTheUserStillHasToUse(Visitors visitors) throws Exception {
    ChatPage page = visitors.stranger();
    page.open(visitors.up().url() + "#token=" + visitors.up().token("uri"));
    page.seeThat(
        "the token says whose it is", "document.getElementById('login-name').value === 'uri'");
    assertThat(page.ask("return location.hash")).isEqualTo("");
    page.press("#login-form [type=submit]");
    page.seeConnectedAs("uri");
    visitors.assertNoErrors();
  }

  @Test
  void aTabThatWasReplacedSaysSoUntilItsUserDecides(Visitors visitors) {
    ChatPage page = visitors.desktop("zac");
    page.talkTo("yvo");
    page.askLater(REPLACE);
    page.seeText("#stopped-text", "You are connected from another tab with this tab’s device.");
    for (Keys key : List.of(Keys.ESCAPE, Keys.ESCAPE, Keys.TAB, Keys.TAB, Keys.TAB)) {
      page.type(key);
      page.seeThat("the focus is in the dialog", FOCUS_IS_INSIDE);
    }
    page.press("#stopped [value=again]");
    page.seeStatus("online");
    page.seeThat("the conversation is open", "!document.getElementById('talk').hidden");
    visitors.assertNoErrors();
  }
}
