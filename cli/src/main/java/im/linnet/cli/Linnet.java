package im.linnet.cli;

import im.linnet.cli.config.SettingSources;
import im.linnet.cli.config.Tuning.Tuned;
import im.linnet.cli.config.WholeNumber;
import im.linnet.settings.SettingException;
import im.linnet.settings.Times;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The {@code linnet} command: settings, parsing, exit codes. */
public final class Linnet {
  private Linnet() {}

  /** Runs the command and returns its exit code. */
  public static int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    ExitCodes exitCodes = new ExitCodes(err, SettingSources.none());
    try {
      Logs.requireLevel(environment);
      SettingSources sources = SettingSources.of(arguments, environment);
      ExitCodes told = new ExitCodes(err, sources);
      exitCodes = told;
      CommandLine command = commandLine(sources);
      sources.requireKnownKeys(command);
      return command
          .setOut(out)
          .setErr(err)
          .setParameterExceptionHandler(told)
          .setExecutionExceptionHandler(told)
          .setExecutionStrategy(parsed -> execute(parsed, sources, told))
          .execute(arguments.toArray(String[]::new));
    } catch (RuntimeException e) {
      return exitCodes.of(e, null);
    }
  }

  private static int execute(ParseResult parsed, SettingSources sources, ExitCodes exitCodes) {
    ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    try {
      sources.requireValues(last);
    } catch (SettingException e) {
      return exitCodes.of(e, last);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** The command, ready to be parsed, with those sources of settings. */
  public static CommandLine commandLine(SettingSources sources) {
    CommandLine command = new CommandLine(new LinnetCommand(), new Commands(sources));
    // First, since the settings below reach only the subcommands that are there by then.
    ServiceLoader.load(CommandGroup.class).forEach(command::addSubcommand);
    for (CommandLine each : command.getSubcommands().values()) {
      if (each.getCommand() instanceof Tuned tuned) {
        tuned.tuning().addTo(each.getCommandSpec());
      }
    }
    return command
        .setDefaultValueProvider(sources)
        .setAbbreviatedOptionsAllowed(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .registerConverter(Path.class, Linnet::path)
        .registerConverter(Duration.class, Linnet::time)
        .registerConverter(int.class, text -> (int) wholeNumber(text, Integer.MAX_VALUE))
        .registerConverter(Integer.class, text -> (int) wholeNumber(text, Integer.MAX_VALUE))
        .registerConverter(long.class, text -> wholeNumber(text, Long.MAX_VALUE))
        .registerConverter(Long.class, text -> wholeNumber(text, Long.MAX_VALUE));
  }

  private static long wholeNumber(String text, long most) {
    try {
      return WholeNumber.parse(text, most);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  private static Duration time(String text) {
    try {
      return Times.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a path in this machine's encoding (set LC_ALL=C.UTF-8 for it)");
    }
  }
}
