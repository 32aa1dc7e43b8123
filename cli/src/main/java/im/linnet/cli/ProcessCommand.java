package im.linnet.cli;

import im.linnet.cli.config.CommonOptions;
import im.linnet.cli.config.SettingSources;
import im.linnet.cli.config.SettingsPrinter;
import im.linnet.cli.node.Foreground;
import im.linnet.cli.node.Node;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that runs a process in the foreground until Ctrl-C or SIGTERM. */
abstract class ProcessCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  private final SettingSources sources;

  ProcessCommand(SettingSources sources) {
    this.sources = sources;
  }

  /**
   * Checks the settings and wires the process; no socket is opened yet.
   *
   * @throws im.linnet.settings.SettingException if a setting cannot be used
   */
  abstract Node node();

  @Override
  public final Integer call() {
    if (common.printConfig()) {
      SettingsPrinter.print(spec, sources, spec.commandLine().getOut());
      return 0;
    }
    return Foreground.run(node(), spec.commandLine().getOut(), Logs::leaveStderr);
  }
}
