package im.linnet.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import im.linnet.settings.SettingException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The destinations of log lines. A command that does one thing logs warnings to stderr. A process
 * logs its lifecycle to stderr, or to a file in its data directory if it has one. {@code
 * LINNET_LOG} sets the level of our own lines.
 */
final class Logs {
  private static final Set<String> LEVELS =
      Set.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");

  private static volatile @Nullable Path file;

  private Logs() {}

  /**
   * Takes the level that the environment names. One that does not exist is refused; Logback would
   * take it for DEBUG.
   *
   * @throws SettingException if there is no such level
   */
  static void requireLevel(Map<String, String> environment) {
    String level = environment.getOrDefault("LINNET_LOG", "");
    if (level.isBlank()) {
      return;
    }
    if (!LEVELS.contains(level.toUpperCase(Locale.ROOT))) {
      throw new SettingException(
          "'" + level + "' is not a log level",
          "LINNET_LOG",
          "give error, warn, info, debug or trace");
    }
    System.setProperty("linnet.log.level", level);
  }

  /** The lifecycle on stderr. */
  static void toStderr() {
    configure("/logback-process.xml");
  }

  /** The lifecycle in a file, warnings on stderr too. */
  static void toFile(Path path) {
    System.setProperty("linnet.log.file", path.toString());
    file = path;
    configure("/logback-file.xml");
  }

  /**
   * Sends lines to the file alone from now on, if there is a file. The end is told in one line on
   * stderr, and other lines would bury it. Any thread.
   */
  static void leaveStderr() {
    if (file != null) {
      LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
      context.getLogger("im.linnet").detachAppender("stderr");
    }
  }

  /** The file; null if there is none. */
  static @Nullable Path file() {
    return file;
  }

  private static void configure(String resource) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    URL url = Logs.class.getResource(resource);
    try {
      configurator.doConfigure(url);
    } catch (JoranException e) {
      throw new IllegalStateException("the log configuration " + resource + " is broken", e);
    }
  }
}
