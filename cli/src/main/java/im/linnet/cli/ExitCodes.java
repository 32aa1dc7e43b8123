package im.linnet.cli;

import im.linnet.broker.BrokerStartException;
import im.linnet.cli.config.ConfigException;
import im.linnet.cli.config.SettingsPrinter;
import im.linnet.log.TopicMismatchException;
import im.linnet.persister.RebuildRefusedException;
import im.linnet.records.StoreUnusableException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What went wrong, in one line on stderr, and the exit code: 0 fine; 1 something failed while
 * running; 2 the configuration or the command line cannot be used, and nothing was started.
 */
final class ExitCodes implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** Something failed while running. */
  static final int FAILED = 1;

  /** The configuration or the command line cannot be used. */
  static final int UNUSABLE = 2;

  private final PrintWriter err;

  ExitCodes(PrintWriter err) {
    this.err = err;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    say(firstLine(wrong) + "; see '" + command.getCommandSpec().qualifiedName() + " --help'");
    return UNUSABLE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    return of(failure);
  }

  /** Says what is wrong and gives the code for it. */
  int of(Exception failure) {
    return switch (failure) {
      case ConfigException unusable -> {
        say(String.valueOf(unusable.getMessage()));
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
      case TopicMismatchException unusable -> {
        say(String.valueOf(unusable.getMessage()));
        yield UNUSABLE;
      }
      case StoreUnusableException unusable -> {
        say(firstLine(unusable));
        yield UNUSABLE;
      }
      default -> {
        LoggerFactory.getLogger(ExitCodes.class).debug("failed", failure);
        Path log = Logs.file();
        say(firstLine(failure) + (log == null ? "" : "; more in " + log));
        yield FAILED;
      }
    };
  }

  private void say(String line) {
    err.println("linnet: " + SettingsPrinter.redact(line));
    err.flush();
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.toString();
    }
    return message.lines().findFirst().orElse(message);
  }
}
