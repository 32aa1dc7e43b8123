package im.linnet.cli;

import im.linnet.broker.BrokerStartException;
import im.linnet.cli.config.SettingSources;
import im.linnet.cli.config.SettingsPrinter;
import im.linnet.cli.node.PlainWords;
import im.linnet.edge.EdgeIdTakenException;
import im.linnet.edge.auth.KeysUnavailableException;
import im.linnet.log.LogDeniedException;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.group.InstanceInUseException;
import im.linnet.log.topics.TopicMismatchException;
import im.linnet.persister.RebuildRefusedException;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import im.linnet.settings.SettingException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * One line on stderr for a failure, and the exit code: 0 fine; 1 something failed while running; 2
 * the configuration or the command line cannot be used, and nothing was started.
 */
final class ExitCodes implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** Something failed while running. */
  static final int FAILED = 1;

  /** The configuration or the command line cannot be used. */
  static final int UNUSABLE = 2;

  private static final String LOG_REMEDY =
      " (--kafka): see that it runs and can be reached from here, or give another address";

  private static final String DENIED_REMEDY = " (--kafka-properties): see the user and its ACLs";

  private static final String KEYS_REMEDY =
      " (--jwks): see that it can be reached from here and answers with a key set, or give another"
          + " address";

  private static final String STORE_REMEDY =
      " (--mongodb): see that the replica set runs, has a primary and can be reached from here, or"
          + " give another URI";

  private final PrintWriter err;
  private final SettingSources sources;

  /**
   * @param sources the sources of settings, which have their names
   */
  ExitCodes(PrintWriter err, SettingSources sources) {
    this.err = err;
    this.sources = sources;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    String what =
        firstLine(wrong)
            .replace("is not a boolean", "is neither true nor false")
            .replace("is not a double", "is not a number")
            .replaceFirst("^Unmatched arguments? (?:at|from) index \\d+: ", "not understood: ");
    if (wrong.getArgSpec() instanceof OptionSpec option) {
      String flag = option.longestName();
      boolean typed =
          Arrays.stream(arguments)
              .anyMatch(each -> each.equals(flag) || each.startsWith(flag + "="));
      String name = typed ? flag : sources.name(flag, null);
      what = name.equals(flag) ? what : what.replace("option '" + flag + "'", name);
    }
    say(what + "; see '" + command.getCommandSpec().qualifiedName() + " --help'");
    return UNUSABLE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    return of(failure, parsed.hasSubcommand() ? parsed.subcommand() : parsed);
  }

  /**
   * Prints the reason of a failure, and returns the exit code.
   *
   * @param parsed the command line; null if it was not understood
   */
  int of(Exception failure, @Nullable ParseResult parsed) {
    return switch (failure) {
      case SettingException unusable -> {
        say(firstLine(unusable.named(sources.name(unusable.flag(), parsed))));
        yield UNUSABLE;
      }
      case BrokerStartException unusable -> {
        say(firstLine(unusable));
        yield UNUSABLE;
      }
      case RebuildRefusedException unusable -> {
        say(firstLine(unusable));
        yield UNUSABLE;
      }
      case InstanceInUseException unusable -> {
        say(firstLine(unusable));
        yield unusable.atStart() ? UNUSABLE : FAILED;
      }
      case TopicMismatchException unusable -> {
        say(shortened(unusable));
        yield UNUSABLE;
      }
      case EdgeIdTakenException unusable -> {
        say(firstLine(unusable));
        yield UNUSABLE;
      }
      case StoreUnusableException unusable -> {
        say(firstLine(unusable));
        yield UNUSABLE;
      }
      case LogDeniedException denied -> {
        say(firstLine(denied) + DENIED_REMEDY);
        yield UNUSABLE;
      }
      case LogUnavailableException away -> failed(away, LOG_REMEDY);
      case KeysUnavailableException away -> failed(away, KEYS_REMEDY);
      case StoreUnavailableException away -> failed(away, STORE_REMEDY);
      default -> failed(failure, "");
    };
  }

  private int failed(Exception failure, String remedy) {
    LoggerFactory.getLogger(ExitCodes.class).debug("failed", failure);
    Path log = Logs.file();
    say(PlainWords.of(firstLine(failure)) + remedy + (log == null ? "" : "; more in " + log));
    return FAILED;
  }

  /** The first of several topics that do not fit; 'topics --check' has them all. */
  private static String shortened(TopicMismatchException mismatch) {
    List<String> lines = String.valueOf(mismatch.getMessage()).lines().map(String::strip).toList();
    if (lines.size() < 3) {
      return String.join(" ", lines);
    }
    return lines.get(0)
        + " "
        + lines.get(1)
        + " (and "
        + (lines.size() - 2)
        + " more, which 'linnet topics --check' lists)";
  }

  private void say(String line) {
    err.println("linnet: " + SettingsPrinter.redact(line));
    err.flush();
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return "it failed for a reason that it does not tell; LINNET_LOG=debug logs more";
    }
    return message.lines().findFirst().orElse(message);
  }
}
