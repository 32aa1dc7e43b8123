package im.linnet.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** How a message that is sent is changed on the page, and what all others then show. */
@WebTest
class WebChangesIT {
  private static final String EDIT = "#change [value=edit]";
  private static final String DELETE = "#change [value=recall]";
  private static final String DELETED = "This message was deleted.";
  private static final String IS_NOT_KEPT = "!JSON.stringify(localStorage).includes(arguments[0])";
  private static final String WRITTEN = "document.getElementById('text').value";
  private static final String IS_EDITING = "!document.getElementById('edit').hidden";

  @Test
  void anEditShowsOnEveryScreenAndAfterwards(Visitors visitors) {
    try (Wire wire = new Wire(visitors.up().httpPort())) {
      ChatPage abby = visitors.desktop("abby");
      ChatPage laptop = visitors.desktop("abby");
      ChatPage bert = visitors.desktop("bert", wire.url());
      abby.talkTo("bert");
      laptop.talkTo("bert");
      abby.say("At eihgt");
      abby.seeOwn("At eihgt", "sent");
      bert.seeUnread("abby", 1);

      abby.openMenu("At eihgt");
      abby.press(EDIT);
      abby.rewrite("At eight");
      abby.seeEdited("At eight");
      abby.seeOwn("At eight", "sent");
      abby.seePreview("bert", "You: At eight");
      laptop.seeEdited("At eight");
      laptop.seeOwn("At eight", "sent");
      bert.seePreview("abby", "At eight");
      bert.seeUnread("abby", 1);
      bert.choose("abby");
      bert.seeTheirs("At eight");
      bert.seeEdited("At eight");
      laptop.seeOwn("At eight", "read");

      wire.cut();
      bert.seeStatus("offline");
      laptop.openMenu("At eight");
      laptop.press(EDIT);
      laptop.rewrite("At nine");
      laptop.seeEdited("At nine");
      abby.seeEdited("At nine");
      wire.mend();
      bert.seeEdited("At nine");
      bert.seePreview("abby", "At nine");
      for (ChatPage page : new ChatPage[] {abby, bert}) {
        page.reload();
        page.seeEdited("At nine");
        page.seeAll("At nine");
      }
    }
  }

  @Test
  void aDeletedMessageIsGoneFromEveryScreenAndStaysGone(Visitors visitors) {
    try (Wire wire = new Wire(visitors.up().httpPort())) {
      ChatPage gabi = visitors.desktop("gabi");
      ChatPage laptop = visitors.desktop("gabi");
      ChatPage hans = visitors.desktop("hans", wire.url());
      gabi.talkTo("hans");
      laptop.talkTo("hans");
      gabi.say("For all to read");
      gabi.say("Not for you");
      gabi.seeOwn("Not for you", "sent");
      hans.seePreview("gabi", "Not for you");
      hans.seeUnread("gabi", 2);

      gabi.openMenu("Not for you");
      gabi.press(DELETE);
      gabi.seeText("#delete-what", "Not for you");
      gabi.press("#delete [value=stay]");
      gabi.seeAll("For all to read", "Not for you");
      wire.cut();
      hans.seeStatus("offline");
      gabi.openMenu("Not for you");
      gabi.press(DELETE);
      gabi.press("#delete [value=recall]");
      for (ChatPage page : new ChatPage[] {gabi, laptop}) {
        page.seeAll("For all to read", DELETED);
        page.seePreview("hans", DELETED);
        page.seeThat("there is one menu", "document.querySelectorAll('.more').length === 1");
      }
      hans.seePreview("gabi", "Not for you");
      wire.mend();
      hans.seePreview("gabi", DELETED);
      hans.seeUnread("gabi", 2);
      hans.choose("gabi");
      hans.seeAll("For all to read", DELETED);
      hans.seeUnread("gabi", 0);
      for (ChatPage page : new ChatPage[] {gabi, laptop, hans}) {
        page.reload();
        page.seeAll("For all to read", DELETED);
        page.seeThat("nothing of it is kept", IS_NOT_KEPT, "Not for you");
      }
    }
  }

  @Test
  void anEditEndsWhereTheMessageIsDeletedElsewhere(Visitors visitors) {
    ChatPage ilka = visitors.desktop("ilka");
    ChatPage laptop = visitors.desktop("ilka");
    ilka.talkTo("jost");
    laptop.talkTo("jost");
    ilka.say("Too much");
    laptop.seeOwn("Too much", "sent");
    laptop.type(Keys.ARROW_UP);
    laptop.seeThat("the message is written", WRITTEN + " === 'Too much'");
    ilka.openMenu("Too much");
    ilka.press(DELETE);
    ilka.press("#delete [value=recall]");
    laptop.seeText("#send-error", "The message that you were editing was deleted.");
    laptop.seeThat("nothing is written", WRITTEN + " === ''");
    laptop.seeAll(DELETED);
    visitors.assertNoErrors();
  }

  @Test
  void theKeyboardAloneEditsAndLeavesAnEdit(Visitors visitors) {
    ChatPage cara = visitors.desktop("cara");
    cara.talkTo("dirk");
    cara.say("The first one");
    cara.say("The second one");
    cara.seeOwn("The second one", "sent");
    cara.type(Keys.ARROW_UP);
    cara.seeText("#edit-was", "The second one");
    cara.type("is left", Keys.ESCAPE);
    cara.seeThat("nothing is written", WRITTEN + " === ''");
    cara.type(Keys.ARROW_UP);
    cara.rewrite("The last one");
    cara.seeEdited("The last one");
    cara.seeAll("The first one", "The last one");

    cara.type("A draft");
    cara.typeChord(Keys.SHIFT, Keys.TAB);
    cara.type(Keys.ENTER);
    cara.seeThat("the menu has the focus", "document.activeElement.value === 'edit'");
    cara.type(Keys.ENTER);
    cara.seeThat("the message is written", WRITTEN + " === 'The last one'");
    cara.type(Keys.ESCAPE);
    cara.seeThat("the draft is there again", WRITTEN + " === 'A draft'");
    cara.seeAll("The first one", "The last one");
    visitors.assertNoErrors();
  }

  @Test
  void aPhoneOpensTheMenuByATap(Visitors visitors) {
    ChatPage elsa = visitors.phone("elsa");
    elsa.talkTo("fred");
    elsa.say("From the rood");
    elsa.seeOwn("From the rood", "sent");
    elsa.tap("From the rood");
    elsa.press("#change [value=stay]");
    assertThat(elsa.ask("return " + IS_EDITING)).isEqualTo(false);
    elsa.tap("From the rood");
    elsa.press(EDIT);
    elsa.rewrite("From the road");
    elsa.seeEdited("From the road");
    elsa.seeAll("From the road");
    elsa.seeOnlyTheTalk();
    visitors.assertNoErrors();
  }
}
