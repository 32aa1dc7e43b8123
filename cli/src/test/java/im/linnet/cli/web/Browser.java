package im.linnet.cli.web;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Starts headless browsers that speak to loopback only. Both programs come from the PATH. */
final class Browser {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<String> DRIVERS = List.of("chromedriver");

  // Held here, for a logger that nobody holds forgets its level.
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  static {
    // It warns about every browser newer than itself, for a feature that is not used here.
    SELENIUM.setLevel(Level.SEVERE);
  }

  private Browser() {}

  /**
   * A desktop window.
   *
   * @param profile the folder for all it keeps; a new one makes a browser that was never here
   */
  static ChromeDriver desktop(Path profile) {
    return start(profile, options(profile).addArguments("--window-size=1200,800"));
  }

  /** A phone of 390 x 844 points with a touch screen, narrower than a window may be. */
  static ChromeDriver phone(Path profile) {
    Map<String, Object> screen =
        Map.of("width", 390, "height", 844, "pixelRatio", 2.0, "mobile", true, "touch", true);
    return start(
        profile,
        options(profile).setExperimentalOption("mobileEmulation", Map.of("deviceMetrics", screen)));
  }

  private static ChromeDriver start(Path profile, ChromeOptions options) {
    // With its program given, the service has nothing to look for and nothing to download.
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program(DRIVERS).toFile())
            .usingAnyFreePort()
            .withEnvironment(Map.of("TMPDIR", profile.getParent().toString()))
            .build();
    return new ChromeDriver(service, options);
  }

  private static ChromeOptions options(Path profile) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program(BROWSERS).toFile());
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    return options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--user-data-dir=" + profile);
  }

  private static Path program(List<String> names) {
    return names.stream()
        .flatMap(name -> onPath(name).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "no "
                        + names.getFirst()
                        + " on the PATH: install it (Debian: apt-get install chromium"
                        + " chromium-driver), or leave the browser tests out with"
                        + " -DexcludedGroups=browser"));
  }

  private static Optional<Path> onPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
