package im.linnet.cli.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.attributeToBe;
import static org.openqa.selenium.support.ui.ExpectedConditions.elementToBeClickable;
import static org.openqa.selenium.support.ui.ExpectedConditions.invisibilityOfElementLocated;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBe;
import static org.openqa.selenium.support.ui.ExpectedConditions.titleIs;
import static org.openqa.selenium.support.ui.ExpectedConditions.visibilityOfElementLocated;

import java.time.Duration;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The page as its user knows it: what one does there, and what one sees within {@link #PATIENCE}.
 * Closing it ends the browser.
 */
final class ChatPage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final By LIST = By.cssSelector(".list-pane");
  private static final By TALK = By.id("talk");
  private static final By BACK = By.id("back");
  private static final By PEER_NAME = By.id("peer-name");

  private final ChromeDriver driver;
  private final WebDriverWait patience;

  ChatPage(ChromeDriver driver) {
    this.driver = driver;
    this.patience = new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50));
    patience.ignoring(StaleElementReferenceException.class);
  }

  void logIn(String url, String name) {
    driver.get(url);
    see(elementToBeClickable(By.id("login-name"))).sendKeys(name, Keys.ENTER);
    seeConnectedAs(name);
  }

  void logOut() {
    driver.findElement(By.id("logout")).click();
    see(visibilityOfElementLocated(By.id("login-form")));
  }

  void reload() {
    driver.navigate().refresh();
  }

  /** Opens a conversation by the form above the list. */
  void talkTo(String peer) {
    see(elementToBeClickable(By.id("new-name"))).sendKeys(peer, Keys.ENTER);
    see(textToBe(PEER_NAME, peer));
  }

  /** Opens a conversation that the list shows. */
  void choose(String peer) {
    see(elementToBeClickable(inList(peer, "button"))).click();
    see(textToBe(PEER_NAME, peer));
  }

  void say(String content) {
    see(elementToBeClickable(By.id("text"))).sendKeys(content, Keys.ENTER);
  }

  void goBack() {
    see(elementToBeClickable(BACK)).click();
  }

  /** By the browser's own button, or the phone's. */
  void goBackByBrowser() {
    driver.navigate().back();
  }

  void seeConnectedAs(String name) {
    see(textToBe(By.id("me-name"), name));
    see(attributeToBe(By.id("status"), "data-state", "online"));
  }

  /**
   * @param tick {@code sent} or {@code read}, with the mark that goes with it
   */
  void seeOwn(String content, String tick) {
    By mark = By.xpath(message("mine", content) + "//span[@role='img']");
    see(attributeToBe(mark, "aria-label", tick));
    see(textToBe(mark, tick.equals("read") ? "✓✓" : "✓"));
  }

  void seeTheirs(String content) {
    see(visibilityOfElementLocated(By.xpath(message("theirs", content))));
  }

  /** All messages of the open conversation from the oldest, and nothing else. */
  void seeAll(String... contents) {
    List<String> expected = List.of(contents);
    see(
        page ->
            page.findElements(By.cssSelector("#messages .content")).stream()
                .map(WebElement::getText)
                .toList()
                .equals(expected));
  }

  /** The badge of that conversation, and the sum of all in the title. */
  void seeUnread(String peer, int count) {
    By badge = inList(peer, ".badge");
    if (count == 0) {
      see(invisibilityOfElementLocated(badge));
      see(titleIs("Linnet"));
    } else {
      see(textToBe(badge, Integer.toString(count)));
      see(titleIs("(" + count + ") Linnet"));
    }
  }

  /** The dot at that name in the list. */
  void seeDot(String peer, String status) {
    see(attributeToBe(inList(peer, ".dot"), "aria-label", status));
    assertThat(driver.findElement(inList(peer, ".dot")).isDisplayed())
        .isEqualTo(!status.equals("offline"));
  }

  /** The line under the name of the open conversation. */
  void seePresence(String status) {
    see(textToBe(By.id("peer-presence"), status));
  }

  void seeOnlyTheList() {
    see(visibilityOfElementLocated(LIST));
    see(invisibilityOfElementLocated(TALK));
    seeNothingCutOff();
  }

  void seeOnlyTheTalk() {
    see(visibilityOfElementLocated(TALK));
    see(invisibilityOfElementLocated(LIST));
    seeNothingCutOff();
  }

  /** List and conversation side by side, and no way back, for there is nothing to go back to. */
  void seeBoth() {
    see(visibilityOfElementLocated(LIST));
    see(visibilityOfElementLocated(TALK));
    see(invisibilityOfElementLocated(BACK));
  }

  /** What the page and the browser wrote to the console as errors; asking takes them away. */
  List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }

  private void seeNothingCutOff() {
    assertThat(
            driver.executeScript(
                "return [document.documentElement, document.getElementById('text')]"
                    + ".filter(e => e.scrollWidth > e.clientWidth"
                    + " || e.scrollHeight > e.clientHeight).map(e => e.tagName)"))
        .as("what needs to be scrolled though it holds nothing long")
        .isEqualTo(List.of());
  }

  private <T> T see(ExpectedCondition<T> condition) {
    return patience.until(condition);
  }

  private static By inList(String peer, String part) {
    return By.cssSelector("#talks > li[data-key='" + peer + "'] " + part);
  }

  private static String message(String side, String content) {
    return "//ol[@id='messages']/li[contains(@class, '%s')][.//span[@class='content' and .='%s']]"
        .formatted(side, content);
  }
}
