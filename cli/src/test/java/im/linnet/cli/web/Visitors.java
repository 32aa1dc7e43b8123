package im.linnet.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;

/** The browsers of one test, a process and a profile each; closing this ends them. */
final class Visitors implements AutoCloseable {
  private final SharedUp up;
  private final Path profiles;
  private final List<ChatPage> pages = new ArrayList<>();

  Visitors(SharedUp up) {
    this.up = up;
    try {
      profiles = Files.createTempDirectory("linnet-web");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory", e);
    }
  }

  /** The server that they visit. */
  SharedUp up() {
    return up;
  }

  /** A window of a desktop in which that user is logged in. */
  ChatPage desktop(String user) {
    return desktop(user, up.url());
  }

  /** The same by another address of the page. */
  ChatPage desktop(String user, String url) {
    ChatPage page = stranger(Browser.desktop(newProfile()));
    page.logIn(url, user);
    return page;
  }

  /** A phone on which that user is logged in. */
  ChatPage phone(String user) {
    ChatPage page = stranger(Browser.phone(newProfile()));
    page.logIn(up.url(), user);
    return page;
  }

  /** A window of a desktop that shows nothing yet. */
  ChatPage stranger() {
    return stranger(Browser.desktop(newProfile()));
  }

  void assertNoErrors() {
    assertThat(pages).allSatisfy(page -> assertThat(page.errors()).isEmpty());
  }

  @Override
  public void close() {
    pages.forEach(ChatPage::close);
    try (Stream<Path> files = Files.walk(profiles)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // A browser that is just ending still wrote: the system clears its temporary folder.
    }
  }

  private ChatPage stranger(ChromeDriver driver) {
    ChatPage page = new ChatPage(driver);
    pages.add(page);
    return page;
  }

  private Path newProfile() {
    return profiles.resolve("profile-" + pages.size());
  }
}
