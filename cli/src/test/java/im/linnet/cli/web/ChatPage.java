package im.linnet.cli.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.attributeToBe;
import static org.openqa.selenium.support.ui.ExpectedConditions.elementToBeClickable;
import static org.openqa.selenium.support.ui.ExpectedConditions.invisibilityOfElementLocated;
import static org.openqa.selenium.support.ui.ExpectedConditions.presenceOfElementLocated;
import static org.openqa.selenium.support.ui.ExpectedConditions.textMatches;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBe;
import static org.openqa.selenium.support.ui.ExpectedConditions.titleIs;
import static org.openqa.selenium.support.ui.ExpectedConditions.visibilityOfElementLocated;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
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

  private static final Map<String, String> TICKS = Map.of("read", "✓✓", "not sent yet", "◷");

  private final ChromeDriver driver;
  private final WebDriverWait patience;

  ChatPage(ChromeDriver driver) {
    this.driver = driver;
    this.patience = new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50));
    patience.ignoring(StaleElementReferenceException.class);
  }

  void open(String url) {
    driver.get(url);
  }

  void logIn(String url, String name) {
    open(url);
    enter(name);
    seeConnectedAs(name);
  }

  /** Types a name on the login page, and logs in with it. */
  void enter(String name) {
    WebElement field = see(elementToBeClickable(By.id("login-name")));
    field.clear();
    field.sendKeys(name, Keys.ENTER);
  }

  /** Types a token on the login page, and logs in with it. */
  void enterToken(String token) {
    see(elementToBeClickable(By.id("login-token"))).sendKeys(token);
    press("#login-form [type=submit]");
  }

  void logOut() {
    press("#logout");
    see(visibilityOfElementLocated(By.id("login-form")));
  }

  /** A click on what that CSS selector finds. */
  void press(String selector) {
    see(elementToBeClickable(By.cssSelector(selector))).click();
  }

  /** A click on the button of that text within what has that id. */
  void press(String id, String text) {
    By button = By.xpath("//*[@id='%s']//button[normalize-space()='%s']".formatted(id, text));
    see(elementToBeClickable(button)).click();
  }

  /** Types that into the field of the sheet that has that label, in place of what is there. */
  void fill(String label, String text) {
    By field =
        By.xpath(
            "//*[@id='sheet']//label[.='%s']/following-sibling::*[self::input or self::select]"
                .formatted(label));
    WebElement input = see(elementToBeClickable(field));
    input.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
  }

  /** Types into the field above the list, and chooses what is offered in those words. */
  void find(String text, String offer) {
    see(elementToBeClickable(By.id("new-name"))).sendKeys(text);
    By option = By.xpath("//*[@id='found']/li[.//*[@class='name' and .='%s']]".formatted(offer));
    see(elementToBeClickable(option)).click();
  }

  /** A line between the messages that tells what happened. */
  void seeNote(String text) {
    see(visibilityOfElementLocated(By.xpath("//li[@class='note' and .='%s']".formatted(text))));
  }

  /** Keys to whatever has the focus. */
  void type(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** That key, to whatever has the focus, while the modifier is held. */
  void typeChord(Keys modifier, CharSequence key) {
    new Actions(driver).keyDown(modifier).sendKeys(key).keyUp(modifier).perform();
  }

  /** Another tab of the same browser, to the front; the first one is hidden by it. */
  String newTab() {
    String before = driver.getWindowHandle();
    driver.switchTo().newWindow(WindowType.TAB);
    return before;
  }

  void toTab(String handle) {
    driver.switchTo().window(handle);
  }

  /** Closes the tab, as its user does; the browser stays with an empty one. */
  void closeTab() {
    String old = newTab();
    String next = driver.getWindowHandle();
    driver.switchTo().window(old).close();
    driver.switchTo().window(next);
  }

  /** Makes the window, or a phone's screen, as large as that. */
  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** What the user's system prefers: light or dark. */
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Sends these headers with each request from now on. */
  void sendHeaders(Map<String, String> headers) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", headers));
  }

  /** The value of a script. */
  @Nullable Object ask(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** The value that a script gives to its last argument, a function. */
  @Nullable Object askLater(String script) {
    return driver.executeAsyncScript(script);
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

  /** Says each of them, faster than a keyboard could. */
  void sayAll(List<String> contents) {
    for (String content : contents) {
      ask(
          "const text = document.getElementById('text'); text.value = arguments[0];"
              + "document.getElementById('composer').requestSubmit()",
          content);
    }
  }

  /** Opens the menu of an own message by the button beside it. */
  void openMenu(String content) {
    WebElement button =
        see(presenceOfElementLocated(By.xpath(message("mine", content) + "//button")));
    new Actions(driver).moveToElement(button).click().perform();
  }

  /** Opens the menu of an own message by a tap on it. */
  void tap(String content) {
    see(elementToBeClickable(By.xpath(message("mine", content) + "/div"))).click();
  }

  /** Writes that in place of the message that is edited. */
  void rewrite(String content) {
    see(visibilityOfElementLocated(By.id("edit")));
    typeChord(Keys.CONTROL, "a");
    type(content, Keys.ENTER);
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
    seeStatus("online");
  }

  /** How the connection stands, under the user's name. */
  void seeStatus(String status) {
    see(textToBe(By.id("status"), status));
  }

  /** What that CSS selector finds shows that text, and nothing else. */
  void seeText(String selector, String text) {
    see(textToBe(By.cssSelector(selector), text));
  }

  /** A script's value becomes true. */
  void seeThat(String what, String script, Object... arguments) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .withMessage(what)
        .until(page -> Boolean.TRUE.equals(ask("return " + script, arguments)));
  }

  /** The list says that the newest message to that user waits. */
  void seeNotSentYet(String peer, String content) {
    seePreview(peer, "Not sent yet: " + content);
  }

  void seeLastSeenToday() {
    see(textMatches(By.id("peer-presence"), Pattern.compile("last seen today at .*\\d:\\d\\d.*")));
  }

  /**
   * @param tick {@code sent}, {@code read} or {@code not sent yet}, with the mark that goes with it
   */
  void seeOwn(String content, String tick) {
    By mark = By.xpath(message("mine", content) + "//span[@role='img']");
    see(attributeToBe(mark, "aria-label", tick));
    see(textToBe(mark, TICKS.getOrDefault(tick, "✓")));
  }

  void seeTheirs(String content) {
    see(visibilityOfElementLocated(By.xpath(message("theirs", content))));
  }

  /** A message of the open conversation, of whichever side, that says that it was edited. */
  void seeEdited(String content) {
    see(
        visibilityOfElementLocated(
            By.xpath(message("message", content) + "//span[@class='edited' and .='edited']")));
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

  /** What the list says of that conversation. */
  void seePreview(String peer, String text) {
    see(textToBe(inList(peer, ".preview"), text));
  }

  /** The badge of that conversation, and the sum of all in the title. */
  void seeUnread(String peer, int count) {
    By badge = inList(peer, ".badge > :first-child");
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
