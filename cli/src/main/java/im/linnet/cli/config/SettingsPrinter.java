package im.linnet.cli.config;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Prints a command's settings and where each comes from, without any password. */
public final class SettingsPrinter {
  private static final Set<String> LEFT_OUT = Set.of("help", "version", "config", "print-config");

  private SettingsPrinter() {}

  /** One line for each option of the parsed command: its key, its value, where it comes from. */
  public static void print(CommandSpec command, SettingSources sources, PrintWriter out) {
    CommandLine.ParseResult parsed = command.commandLine().getParseResult();
    List<OptionSpec> options =
        command.options().stream()
            .filter(option -> !LEFT_OUT.contains(SettingSources.key(option)))
            .sorted(Comparator.comparing(SettingSources::key))
            .toList();
    for (OptionSpec option : options) {
      boolean flag = parsed != null && parsed.hasMatchedOption(option);
      Object value = option.getValue();
      out.printf(
          Locale.ROOT,
          "%-40s # %s%n",
          SettingSources.key(option) + " = " + (value == null ? "" : redact(value.toString())),
          flag ? "flag" : sources.origin(option));
    }
    out.flush();
  }

  /** A URI without the password in it. */
  public static String redact(String value) {
    return value.replaceAll("(://[^:/@\\s]*):[^@/\\s]*@", "$1:***@");
  }
}
