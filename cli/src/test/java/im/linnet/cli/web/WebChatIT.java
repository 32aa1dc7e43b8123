package im.linnet.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.cli.Main;
import im.linnet.testkit.FreePort;
import im.linnet.testkit.OsProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The web page in real browsers, a process and a profile each, in front of one {@code linnet up}.
 * Every test has users of its own.
 */
@Tag("browser")
class WebChatIT {
  private static final Duration START = Duration.ofSeconds(120);

  @TempDir static Path folder;
  private static OsProcess up;
  private static String url;

  @TempDir Path profiles;
  private final List<ChatPage> pages = new ArrayList<>();

  @BeforeAll
  static void start() {
    int http = FreePort.next();
    url = "http://127.0.0.1:" + http + "/";
    up =
        OsProcess.java(
            "up",
            folder,
            List.of("-Xmx512m"),
            Main.class.getName(),
            List.of(
                "up",
                "--data",
                folder.resolve("data").toString(),
                "--http-port",
                Integer.toString(http),
                "--tcp-port",
                Integer.toString(FreePort.next()),
                "--kafka-port",
                Integer.toString(FreePort.next())));
    up.awaitLine(Pattern.compile("^ready"), START);
  }

  @AfterAll
  static void stop() {
    if (up != null) {
      up.close();
    }
  }

  @AfterEach
  void closeBrowsers() {
    pages.forEach(ChatPage::close);
  }

  @Test
  void twoUsersTalkAndSeeTicksUnreadAndPresence() {
    ChatPage ann = desktop("ann");
    ChatPage bob = desktop("bob");
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
    ann.seePresence("offline");
    ann.seeDot("bob", "offline");
    assertNoErrors();
  }

  @Test
  void aReloadedPageAndAnotherBrowserShowTheHistory() {
    ChatPage dora = desktop("dora");
    ChatPage emil = desktop("emil");
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

    ChatPage other = desktop("emil");
    other.talkTo("dora");
    other.seeAll("One", "Two", "Three");
    other.say("Four");
    dora.seeTheirs("Four");
    emil.seeOwn("Four", "read");
    assertNoErrors();
  }

  @Test
  void aPhoneShowsTheListOrTheConversation() {
    ChatPage fay = open(Browser.phone(newProfile()), "fay");
    ChatPage gus = desktop("gus");
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
    assertNoErrors();
  }

  @Test
  void markupIsShownAsText() {
    String markup = "<b>bold</b> <img src=x onerror=alert(1)> <script>alert(2)</script> &amp;";
    ChatPage hal = desktop("hal");
    ChatPage ida = desktop("ida");
    hal.talkTo("ida");
    ida.talkTo("hal");

    hal.say(markup);
    ida.seeTheirs(markup);
    ida.seeAll(markup);
    hal.seeOwn(markup, "read");
    assertNoErrors();
  }

  private ChatPage desktop(String user) {
    return open(Browser.desktop(newProfile()), user);
  }

  private ChatPage open(ChromeDriver driver, String user) {
    ChatPage page = new ChatPage(driver);
    pages.add(page);
    page.logIn(url, user);
    return page;
  }

  private Path newProfile() {
    return profiles.resolve("profile-" + pages.size());
  }

  private void assertNoErrors() {
    assertThat(pages).allSatisfy(page -> assertThat(page.errors()).isEmpty());
  }
}
