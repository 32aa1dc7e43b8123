package im.linnet.cli.config;

import im.linnet.settings.Settings;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Prints a command's settings as a file for {@code --config}. A comment above each setting names
 * its source. A setting without a value, or with a password, is a comment too.
 */
public final class SettingsPrinter {
  private static final Set<String> LEFT_OUT = Set.of("help", "version", "config", "print-config");

  /** A password is all between the first colon and the last @: it may hold both unescaped. */
  private static final Pattern PASSWORD = Pattern.compile("(://[^:]*):.*@");

  /** A web address may have a secret in the place of a user's name. */
  private static final Pattern WEB_USER = Pattern.compile("(?i)(https?://)[^/:@\\s]+@");

  /** Secrets among the options of a URI, by the names that are usual for them. */
  private static final Pattern SECRET_OPTION =
      Pattern.compile(
          "(?i)((?:password|passwd|pwd|secret|token|api_?-?key|access_?-?key|[?&]key|[?&]sig"
              + "|signature)[=:])[^&,;\\s']+");

  private SettingsPrinter() {}

  /** Prints two lines for each option of the parsed command: its source, and its key and value. */
  public static void print(CommandSpec command, SettingSources sources, PrintWriter out) {
    CommandLine.ParseResult parsed = command.commandLine().getParseResult();
    List<OptionSpec> options =
        command.options().stream()
            .filter(option -> !LEFT_OUT.contains(SettingSources.key(option)))
            .sorted(Comparator.comparing(SettingSources::key))
            .toList();
    out.println("# The settings of '" + command.qualifiedName() + "', as a file for --config.");
    for (OptionSpec option : options) {
      boolean flag = parsed != null && parsed.hasMatchedOption(option);
      print(option, flag ? "flag" : sources.origin(option), out);
    }
    out.flush();
  }

  private static void print(OptionSpec option, String origin, PrintWriter out) {
    String key = SettingSources.key(option);
    if (option.getValue() == null) {
      out.println("# " + origin + ", not set");
      out.println("# " + key + " =");
      return;
    }
    String value = text(option.getValue());
    String shown = redact(value);
    if (shown.equals(value)) {
      out.println("# " + origin);
      out.println(key + " = " + quoted(value));
    } else {
      out.println("# " + origin + ", with a password that is not printed: give it in its place");
      out.println("# " + key + " = " + quoted(shown));
    }
  }

  private static String text(Object value) {
    return value instanceof List<?> names
        ? names.stream().map(String::valueOf).collect(Collectors.joining(","))
        : Settings.text(value);
  }

  /** As a file has it: in quotes if spaces or quotes at its ends would be lost. */
  private static String quoted(String value) {
    boolean bare = value.equals(value.strip()) && !value.startsWith("\"") && !value.startsWith("'");
    return bare ? value : '"' + value + '"';
  }

  /** A URI, or a text with one in it, without the passwords. */
  public static String redact(String value) {
    String masked = PASSWORD.matcher(value).replaceAll("$1:***@");
    masked = WEB_USER.matcher(masked).replaceAll("$1***@");
    return SECRET_OPTION.matcher(masked).replaceAll("$1***");
  }
}
