package im.linnet.cli.config;

import im.linnet.settings.SettingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The values of options that no flag gives. {@code --tcp-port} is {@code LINNET_TCP_PORT} in the
 * environment, or else {@code tcp-port} in the file that {@code --config} or {@code LINNET_CONFIG}
 * names. An empty variable counts as absent. Immutable.
 */
public final class SettingSources implements IDefaultValueProvider {
  private static final String CONFIG_FLAG = "--config";
  private static final String CONFIG_VARIABLE = "LINNET_CONFIG";
  private static final String PREFIX = "LINNET_";

  /** Flags of one run. No file and no variable gives them. */
  private static final Set<String> ONE_RUN =
      Set.of("help", "version", "config", "print-config", "check");

  private final Map<String, String> environment;
  private final Map<String, String> file;
  private final String fileName;

  private SettingSources(
      Map<String, String> environment, Map<String, String> file, String fileName) {
    this.environment = Map.copyOf(environment);
    this.file = Map.copyOf(file);
    this.fileName = fileName;
  }

  /** No sources: flags and defaults alone. */
  public static SettingSources none() {
    return new SettingSources(Map.of(), Map.of(), "");
  }

  /**
   * The sources of one run.
   *
   * @throws SettingException if the file cannot be read
   */
  public static SettingSources of(List<String> arguments, Map<String, String> environment) {
    Map<String, String> given = new HashMap<>(environment);
    // Most tools unset a variable by an empty value.
    given.values().removeIf(String::isBlank);
    String name = configFlag(arguments);
    String key = CONFIG_FLAG;
    if (name == null) {
      name = given.get(CONFIG_VARIABLE);
      key = CONFIG_VARIABLE;
    }
    if (name == null) {
      return new SettingSources(given, Map.of(), "");
    }
    if (name.isBlank()) {
      throw empty(key);
    }
    try {
      return new SettingSources(given, ConfigFile.read(Path.of(name)), name);
    } catch (SettingException e) {
      throw e.named(key);
    } catch (InvalidPathException e) {
      throw new SettingException(
          "'" + name + "' is not a path in this machine's encoding",
          key,
          "give another one, or set LC_ALL=C.UTF-8");
    }
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

  /**
   * The name of a wrong setting, for its operator: the flag if it was given, or else the variable,
   * or the line of the file, that the value came from.
   *
   * @param parsed the command line; null if it was not understood
   */
  public String name(String flag, CommandLine.@Nullable ParseResult parsed) {
    if (!flag.startsWith("--") || (parsed != null && parsed.hasMatchedOption(flag))) {
      return flag;
    }
    String key = flag.substring(2);
    if (environment.containsKey(variable(key))) {
      return variable(key);
    }
    return file.containsKey(key) ? "'" + key + "' in " + fileName : flag;
  }

  /**
   * Refuses options with an empty value. It comes from a shell variable that is not set, most
   * often.
   *
   * @throws SettingException if there is one
   */
  public void requireValues(CommandLine.ParseResult parsed) {
    for (ArgSpec each : parsed.matchedArgs()) {
      if (each.originalStringValues().stream().anyMatch(String::isBlank)) {
        throw empty(each instanceof OptionSpec option ? option.longestName() : each.paramLabel());
      }
    }
    for (OptionSpec option : parsed.commandSpec().options()) {
      String key = key(option);
      if (!parsed.hasMatchedOption(option)
          && !environment.containsKey(variable(key))
          && file.getOrDefault(key, "x").isBlank()) {
        throw empty("'" + key + "' in " + fileName);
      }
    }
  }

  private static SettingException empty(String name) {
    return new SettingException("the value is empty", name, "give one, or leave it out");
  }

  /** The source of an option that no flag gives: environment, file or default. */
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
   * @throws SettingException if there is one
   */
  public void requireKnownKeys(CommandLine command) {
    Set<String> unknown = new TreeSet<>(file.keySet());
    for (CommandLine each : command.getSubcommands().values()) {
      each.getCommandSpec().options().forEach(option -> unknown.remove(key(option)));
    }
    if (!unknown.isEmpty()) {
      throw new SettingException(
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
}
