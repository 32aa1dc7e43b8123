package im.linnet.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code linnet bench fanout}. */
@Command(
    name = "fanout",
    mixinStandardHelpOptions = true,
    description = {
      "One message to very many idle sessions on one edge, with the view in memory: the members of a"
          + " topic who are online, or the devices of one user. Prints how long it takes to reach all"
          + " of them, how long the sender waits, and the CPU of the edge's threads."
    },
    footerHeading = "%nExample:%n",
    footer = "  linnet bench fanout --members 10000 --sessions 2000")
final class FanOutCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Sessions that get each message. Default: ${DEFAULT-VALUE}.")
  private int sessions = 10_000;

  @Option(
      names = "--members",
      paramLabel = "N",
      description =
          "Members of the topic; those beyond --sessions are offline. Default: as many as --sessions."
              + " 0: no topic, the sessions are devices of one user.")
  private @Nullable Integer members;

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Measured messages. As many are sent first, to warm up. Default: ${DEFAULT-VALUE}.")
  private int messages = 100;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "32",
      description =
          "The run is measured twice: each message sent once all have got the one before, then with"
              + " up to N messages on their way. Default: ${DEFAULT-VALUE}.")
  private int inFlight = 32;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    if (sessions < 1 || sessions > 50_000) {
      throw new ParameterException(
          spec.commandLine(), "--sessions: " + sessions + " is outside 1-50000");
    }
    int inTopic = members == null ? sessions : members;
    if (inTopic != 0 && (inTopic < sessions || inTopic > 100_000)) {
      throw new ParameterException(
          spec.commandLine(),
          "--members: "
              + inTopic
              + " is neither 0 nor from --sessions ("
              + sessions
              + ") to 100000");
    }
    if (messages < 1 || messages > 100_000) {
      throw new ParameterException(
          spec.commandLine(), "--messages: " + messages + " is outside 1-100000");
    }
    if (inFlight < 1 || inFlight > 1_000) {
      throw new ParameterException(
          spec.commandLine(), "--in-flight: " + inFlight + " is outside 1-1000");
    }
    try (LinnetServers servers = LinnetServers.start(new BenchOptions());
        FanOutLoad load = new FanOutLoad(sessions, inTopic)) {
      load.connect(servers);
      FanOutCpu cpu = FanOutCpu.of(servers.pid());
      PrintWriter out = spec.commandLine().getOut();
      for (int together : inFlight == 1 ? new int[] {1} : new int[] {1, inFlight}) {
        load.send(messages, together, cpu);
        out.println(load.send(messages, together, cpu).text());
        out.flush();
      }
      return CommandLine.ExitCode.OK;
    } catch (IOException | IllegalStateException e) {
      spec.commandLine().getErr().println("linnet bench: " + e.getMessage());
      return FAILED;
    }
  }
}
