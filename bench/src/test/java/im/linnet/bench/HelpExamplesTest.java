package im.linnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import im.linnet.cli.Linnet;
import im.linnet.cli.config.SettingSources;
import im.linnet.testkit.doc.ShellScript;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What {@code --help} shows in a terminal of 80 columns can be copied and works. */
class HelpExamplesTest {
  private static final int COLUMNS = 80;

  static Stream<CommandLine> commands() {
    return withSubcommands(parser());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noExampleIsWrapped(CommandLine command) {
    List<String> shown = usage(command).lines().toList();

    assertThat(footer(command)).allSatisfy(line -> assertThat(shown).contains(line));
    assertThat(shown).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noAddressIsCutInTwo(CommandLine command) {
    assertThat(usage(command))
        .doesNotContainPattern(":\\n\\s*//")
        .doesNotContainPattern("\\d:\\n\\s*\\d")
        .doesNotContainPattern("\\?\\n\\s*\\w+=");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachExampleIsACommandThatIsUnderstood(CommandLine command) {
    // What stands after three spaces explains the command.
    String script = String.join("\n", footer(command)).replaceAll("(?m)(\\S) {3,}\\w.*$", "$1");
    List<List<String>> calls = ShellScript.calls(script, "linnet");

    if (command.getSubcommands().isEmpty()) {
      assertThat(calls).isNotEmpty();
    }
    assertThat(calls)
        .allSatisfy(
            call ->
                assertThatCode(() -> parser().parseArgs(call.toArray(String[]::new)))
                    .as("linnet %s", call)
                    .doesNotThrowAnyException());
  }

  private static CommandLine parser() {
    return Linnet.commandLine(SettingSources.of(List.of(), Map.of()));
  }

  private static Stream<CommandLine> withSubcommands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(HelpExamplesTest::withSubcommands));
  }

  private static String usage(CommandLine command) {
    return command
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(COLUMNS)
        .getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  private static List<String> footer(CommandLine command) {
    return List.of(command.getCommandSpec().usageMessage().footer());
  }
}
