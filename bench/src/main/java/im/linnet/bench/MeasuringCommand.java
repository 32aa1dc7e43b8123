package im.linnet.bench;

import com.mongodb.MongoException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The common part of benches: options, report, exit code. */
abstract class MeasuringCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int LONGEST = 2_000;

  @Mixin private BenchOptions options = new BenchOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The bench's name in the report. */
  abstract String bench();

  /** The first impossible setting of this bench alone, in one line; null if all are possible. */
  @Nullable String complaint() {
    return null;
  }

  /** Starts servers, measures, stops them. */
  abstract void measure(BenchOptions options, Report report)
      throws IOException, InterruptedException;

  @Override
  public Integer call() throws InterruptedException {
    String complaint = options.complaint() == null ? complaint() : options.complaint();
    if (complaint != null) {
      throw new ParameterException(spec.commandLine(), complaint);
    }
    CommandLine line = spec.commandLine();
    Report report = new Report(line.getOut(), line.getErr(), bench(), options);
    try {
      measure(options, report);
      report.write(options.json);
      return CommandLine.ExitCode.OK;
    } catch (IOException | IllegalStateException | MongoException e) {
      spec.commandLine().getErr().println("linnet bench: " + shortened(e));
      return FAILED;
    }
  }

  /** A bulk write's message can be as long as the bulk. */
  private static String shortened(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + " ...";
  }
}
