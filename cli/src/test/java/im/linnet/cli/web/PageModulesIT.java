package im.linnet.cli.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The page's logic without a page: its modules in a real browser, against fakes. Each function that
 * a {@code *.test.js} beside this class exports is a test, which passes where it returns.
 */
@Tag("browser")
class PageModulesIT {
  private static final String TEST = ".test.js";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path folder;
  private static ModuleServer server;
  private static ChromeDriver driver;

  @BeforeAll
  static void start() {
    server = new ModuleServer();
    driver = Browser.desktop(folder.resolve("profile"));
    driver.manage().timeouts().scriptTimeout(PATIENCE);
  }

  @AfterAll
  static void stop() {
    if (driver != null) {
      driver.quit();
    }
    if (server != null) {
      server.close();
    }
  }

  @TestFactory
  Stream<DynamicContainer> modules() throws Exception {
    driver.get(server.url());
    return tested().stream()
        .map(
            module ->
                DynamicContainer.dynamicContainer(
                    module,
                    testsOf(module).stream()
                        .map(name -> dynamicTest(name, () -> run(module, name)))));
  }

  /** The modules that have tests, by the names of the files beside this class. */
  private static List<String> tested() throws IOException, URISyntaxException {
    Path beside = Path.of(PageModulesIT.class.getResource("expect.js").toURI()).getParent();
    try (Stream<Path> files = Files.list(beside)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(TEST))
          .map(name -> name.substring(0, name.length() - TEST.length()))
          .sorted()
          .toList();
    }
  }

  private static List<String> testsOf(String module) {
    Object names =
        driver.executeAsyncScript(
            "const [module, done] = arguments;"
                + "import(module).then(m => done(Object.keys(m)), e => done(String(e)))",
            path(module));
    assertThat(names).as(module).isInstanceOf(List.class);
    List<String> tests = ((List<?>) names).stream().map(String::valueOf).toList();
    assertThat(tests).as(module).isNotEmpty();
    return tests;
  }

  private static void run(String module, String name) {
    assertThat(
            driver.executeAsyncScript(
                "const [module, name, done] = arguments;import(module).then(m => m[name]()).then(()"
                    + " => done(null), e => done(e.stack))",
                path(module),
                name))
        .isNull();
  }

  private static String path(String module) {
    return "/tests/" + module + TEST;
  }
}
