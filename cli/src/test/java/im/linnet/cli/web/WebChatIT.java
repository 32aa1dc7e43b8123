package im.linnet.cli.web;

import org.junit.jupiter.api.Test;

/**
 * The web page in real browsers, a process and a profile each, in front of one {@code linnet up}.
 * Every test has users of its own.
 */
@WebTest
class WebChatIT {
  @Test
  void twoUsersTalkAndSeeTicksUnreadAndPresence(Visitors visitors) {
    ChatPage ann = visitors.desktop("ann");
    ChatPage bob = visitors.desktop("bob");
    bob.talkTo("carl");

    ann.talkTo("bob");
    ann.seePresence("online");
    ann.seeDot("bob", "online");
    ann.say("Hello Bob");
    bob.seeUnread("ann", 1);
    ann.say("Are you there?");
    bob.seeUnread("ann", 2);
    bob.seeDot("ann", "online");
    ann.seeOwn("Hello Bob", "sent");
    ann.seeOwn("Are you there?", "sent");

    bob.choose("ann");
    bob.seeTheirs("Hello Bob");
    bob.seeUnread("ann", 0);
    ann.seeOwn("Hello Bob", "read");
    ann.seeOwn("Are you there?", "read");

    bob.say("Here I am");
    ann.seeTheirs("Here I am");
    ann.seeUnread("bob", 0);
    bob.seeOwn("Here I am", "read");
    ann.seeBoth();

    bob.logOut();
    ann.seeLastSeenToday();
    ann.seeDot("bob", "offline");
    visitors.assertNoErrors();
  }

  @Test
  void aReloadedPageAndAnotherBrowserShowTheHistory(Visitors visitors) {
    ChatPage dora = visitors.desktop("dora");
    ChatPage emil = visitors.desktop("emil");
    dora.talkTo("emil");
    emil.talkTo("dora");
    dora.say("One");
    emil.seeTheirs("One");
    emil.say("Two");
    dora.seeTheirs("Two");
    dora.say("Three");
    emil.seeTheirs("Three");
    dora.seeOwn("Three", "read");

    dora.reload();
    dora.seeConnectedAs("dora");
    dora.choose("emil");
    dora.seeAll("One", "Two", "Three");
    dora.seeOwn("Three", "read");
    dora.seeUnread("emil", 0);

    ChatPage other = visitors.desktop("emil");
    other.talkTo("dora");
    other.seeAll("One", "Two", "Three");
    other.say("Four");
    dora.seeTheirs("Four");
    emil.seeOwn("Four", "read");
    visitors.assertNoErrors();
  }

  @Test
  void aPhoneShowsTheListOrTheConversation(Visitors visitors) {
    ChatPage fay = visitors.phone("fay");
    ChatPage gus = visitors.desktop("gus");
    fay.seeOnlyTheList();

    gus.talkTo("fay");
    gus.say("Hello from the desk");
    fay.seeUnread("gus", 1);
    fay.choose("gus");
    fay.seeOnlyTheTalk();
    fay.seeTheirs("Hello from the desk");
    gus.seeOwn("Hello from the desk", "read");
    fay.say("Hello from the road");
    gus.seeTheirs("Hello from the road");

    fay.goBack();
    fay.seeOnlyTheList();
    fay.seeUnread("gus", 0);
    gus.say("Still there?");
    fay.seeUnread("gus", 1);
    gus.seeOwn("Still there?", "sent");

    fay.choose("gus");
    fay.seeOnlyTheTalk();
    fay.goBackByBrowser();
    fay.seeOnlyTheList();
    fay.seeUnread("gus", 0);
    visitors.assertNoErrors();
  }

  @Test
  void markupIsShownAsText(Visitors visitors) {
    String markup = "<b>bold</b> <img src=x onerror=alert(1)> <script>alert(2)</script> &amp;";
    ChatPage hal = visitors.desktop("hal");
    ChatPage ida = visitors.desktop("ida");
    hal.talkTo("ida");
    ida.talkTo("hal");

    hal.say(markup);
    ida.seeTheirs(markup);
    ida.seeAll(markup);
    hal.seeOwn(markup, "read");
    visitors.assertNoErrors();
  }
}
