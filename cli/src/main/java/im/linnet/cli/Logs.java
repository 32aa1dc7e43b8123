package im.linnet.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import im.linnet.cli.config.ConfigException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go. A command that does one thing logs warnings to stderr; a process logs its
 * lifecycle to stderr, or, where it has a data directory, to a file there. {@code LINNET_LOG} sets
 * the level of our own lines.
 */
final class Logs {
  private static final Set<String> LEVELS =
      Set.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");

  private static volatile @Nullable Path file;

  private Logs() {}

  /**
   * Refuses a level that does not exist; Logback would take it for DEBUG.
   *
   * @throws ConfigException if there is such a one
   */
  static void requireLevel(Map<String, String> environment) {
    String level = environment.get("LINNET_LOG");
    if (level != null && !LEVELS.contains(level.toUpperCase(Locale.ROOT))) {
      throw new ConfigException(
          "'" + level + "' is no log level",
          "LINNET_LOG",
          "give error, warn, info, debug or trace");
    }
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

  /** The file, null where there is none. */
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
