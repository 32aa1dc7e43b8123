package im.linnet.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/**
 * One run of the command inside the test's JVM.
 *
 * @param exit its exit code
 * @param out what it printed
 * @param err what it complained of
 */
record CommandRun(int exit, String out, String err) {
  static CommandRun of(String... arguments) {
    return with(Map.of(), arguments);
  }

  static CommandRun with(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Linnet.run(List.of(arguments), environment, new PrintWriter(out), new PrintWriter(err));
    return new CommandRun(exit, out.toString(), err.toString());
  }
}
