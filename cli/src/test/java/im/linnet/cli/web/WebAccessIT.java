package im.linnet.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Whether the page can be used by everybody: the rules of axe-core, among them WCAG's AA. */
@WebTest
class WebAccessIT {
  private static final String LONG = "aVeryLongWordWithoutAnyPlaceToBreak".repeat(8);
  private static String axe = "";

  @BeforeAll
  static void load() throws IOException {
    try (InputStream script = WebAccessIT.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void noRuleIsBrokenOnADesktop(Visitors visitors) {
    try (Wire wire = new Wire(visitors.up().httpPort())) {
      ChatPage page = visitors.stranger();
      page.open(wire.url());
      assertNoRuleIsBroken(page, "login");
      page.press("#login-use-token");
      assertNoRuleIsBroken(page, "login with a token");
      page.open(wire.url());
      page.enter("pia");
      page.seeConnectedAs("pia");
      assertNoRuleIsBroken(page, "empty list");
      page.talkTo("q".repeat(64));
      page.say(LONG + " https://example.org/");
      page.seeOwn(LONG + " https://example.org/", "sent");
      assertNoRuleIsBroken(page, "conversation");
      page.ask("document.getElementById('new-name').focus()");
      page.type("Tea club");
      page.seeText("#found .name", "New group “Tea club”");
      assertNoRuleIsBroken(page, "search");
      page.type(Keys.ESCAPE);
      for (String sheet : List.of("me", "people", "details")) {
        page.press("#" + sheet);
        page.seeThat("the sheet is open", "document.getElementById('sheet').open");
        assertNoRuleIsBroken(page, sheet);
        page.type(Keys.ESCAPE);
      }
      page.find("Tea club", "New group “Tea club”");
      assertNoRuleIsBroken(page, "new group");
      page.type(Keys.ESCAPE);
      wire.cut();
      page.seeStatus("offline");
      page.say("Not sent");
      page.seeNotSentYet("q".repeat(64), "Not sent");
      assertNoRuleIsBroken(page, "offline");
      page.press("#logout");
      assertNoRuleIsBroken(page, "dialog");
    }
  }

  @Test
  void noRuleIsBrokenOnAPhone(Visitors visitors) {
    ChatPage ruth = visitors.desktop("ruth");
    ChatPage page = visitors.phone("sam");
    ruth.talkTo("sam");
    ruth.say(LONG);
    page.seeUnread("ruth", 1);
    assertNoRuleIsBroken(page, "list");
    page.seeOnlyTheList();
    page.choose("ruth");
    page.seeTheirs(LONG);
    assertNoRuleIsBroken(page, "conversation");
    page.seeOnlyTheTalk();
  }

  private static void assertNoRuleIsBroken(ChatPage page, String where) {
    for (String scheme : List.of("light", "dark")) {
      page.prefer(scheme);
      page.ask(axe);
      assertThat(
              page.askLater(
                  "const done = arguments[0];"
                      + "const of = r => r.violations.map(v => v.id + ': ' + v.nodes.map(n =>"
                      + " n.html + ' ' + n.failureSummary).join('; '));"
                      + "axe.run().then(r => done(r.passes.length > 5 ? of(r) : ['few rules']),"
                      + " e => done([String(e)]))"))
          .as("%s, %s", where, scheme)
          .isEqualTo(List.of());
    }
  }
}
