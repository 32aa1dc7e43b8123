package im.linnet.cli.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where the value of an option comes from when there is no flag: {@code --tcp-port} is {@code
 * LINNET_TCP_PORT} in the environment, else {@code tcp-port} in the file that {@code --config} or
 * {@code LINNET_CONFIG} names. The file holds lines of {@code key = value} or {@code key: value},
 * so a Java properties file or a flat YAML file. Immutable.
 */
public final class SettingSources implements IDefaultValueProvider {
  private static final String CONFIG_FLAG = "--config";
  private static final String CONFIG_VARIABLE = "LINNET_CONFIG";
  private static final String PREFIX = "LINNET_";

  /** Flags that are about one run, not about how it is set up. */
  private static final Set<String> ONE_RUN =
      Set.of("help", "version", "config", "print-config", "check");

  private final Map<String, String> environment;
  private final Map<String, String> file;

  private SettingSources(Map<String, String> environment, Map<String, String> file) {
    this.environment = Map.copyOf(environment);
    this.file = Map.copyOf(file);
  }

  /**
   * The sources of one run.
   *
   * @throws ConfigException if the file cannot be read
   */
  public static SettingSources of(List<String> arguments, Map<String, String> environment) {
    String name = configFlag(arguments);
    if (name == null) {
      name = environment.get(CONFIG_VARIABLE);
    }
    return new SettingSources(environment, name == null ? Map.of() : read(Path.of(name)));
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String key = key(option);
    if (ONE_RUN.contains(key)) {
      return null;
    }
    String value = environment.get(variable(key));
    return value == null ? file.get(key) : value;
  }

  /** Which source decides about an option that no flag sets: environment, file or default. */
  String origin(OptionSpec option) {
    String key = key(option);
    if (environment.containsKey(variable(key))) {
      return variable(key);
    }
    return file.containsKey(key) ? "file" : "default";
  }

  /**
   * Refuses a file with a line that no command understands.
   *
   * @throws ConfigException if there is one
   */
  public void requireKnownKeys(CommandLine command) {
    Set<String> unknown = new TreeSet<>(file.keySet());
    for (CommandLine each : command.getSubcommands().values()) {
      each.getCommandSpec().options().forEach(option -> unknown.remove(key(option)));
    }
    if (!unknown.isEmpty()) {
      throw new ConfigException(
          "the configuration file has a key that no command knows: " + String.join(", ", unknown),
          CONFIG_FLAG,
          "remove it, or see 'linnet COMMAND --help' for the right name");
    }
  }

  /** An option's name in a file: its longest flag without the dashes. */
  static String key(OptionSpec option) {
    return option.longestName().substring(option.longestName().startsWith("--") ? 2 : 1);
  }

  /** A key's name in the environment. */
  static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static @Nullable String configFlag(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(CONFIG_FLAG + "=")) {
        return argument.substring(CONFIG_FLAG.length() + 1);
      }
      if (argument.equals(CONFIG_FLAG) && i + 1 < arguments.size()) {
        return arguments.get(i + 1);
      }
    }
    return null;
  }

  private static Map<String, String> read(Path path) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(
          "cannot read the configuration file " + path + ": " + reason(e),
          CONFIG_FLAG,
          "give a readable file of 'key = value' lines");
    }
    Map<String, String> values = new HashMap<>();
    properties.forEach((key, value) -> values.put(key.toString(), unquoted(value.toString())));
    return values;
  }

  private static String unquoted(String value) {
    String trimmed = value.trim();
    boolean quoted = trimmed.length() >= 2 && (isWrapped(trimmed, "\"") || isWrapped(trimmed, "'"));
    return quoted ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
  }

  private static boolean isWrapped(String text, String quote) {
    return text.startsWith(quote) && text.endsWith(quote);
  }

  private static String reason(Exception e) {
    return e instanceof java.nio.file.NoSuchFileException
        ? "there is no such file"
        : String.valueOf(e.getMessage());
  }
}
