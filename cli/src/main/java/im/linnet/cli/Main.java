package im.linnet.cli;

import im.linnet.cli.config.SettingSources;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The {@code linnet} command. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code, see {@link ExitCodes}. */
  public static void main(String[] arguments) {
    System.exit(
        run(
            List.of(arguments),
            System.getenv(),
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
  }

  /** Runs the command and returns its exit code. */
  static int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    ExitCodes exitCodes = new ExitCodes(err);
    try {
      Logs.requireLevel(environment);
      SettingSources sources = SettingSources.of(arguments, environment);
      CommandLine command = commandLine(sources);
      sources.requireKnownKeys(command);
      return command
          .setOut(out)
          .setErr(err)
          .setParameterExceptionHandler(exitCodes)
          .setExecutionExceptionHandler(exitCodes)
          .execute(arguments.toArray(String[]::new));
    } catch (RuntimeException e) {
      return exitCodes.of(e);
    }
  }

  /** The command as it is parsed, with those sources of settings. */
  static CommandLine commandLine(SettingSources sources) {
    return new CommandLine(new LinnetCommand(), new Commands(sources))
        .setDefaultValueProvider(sources)
        .setAbbreviatedOptionsAllowed(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }
}
