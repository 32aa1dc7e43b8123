package im.linnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import im.linnet.cli.Linnet;
import im.linnet.cli.config.SettingSources;
import im.linnet.testkit.doc.DocBlock;
import im.linnet.testkit.doc.ShellScript;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Each call of linnet in the documentation is one that the command understands. */
class DocInvocationsTest {
  /** A call inside a line of text, in backticks. */
  private static final Pattern INLINE = Pattern.compile("`((?:\\./)?linnet [^`]+)`");

  /** A flag alone, or with its value, in backticks. */
  private static final Pattern FLAG = Pattern.compile("`(--[a-z-]+)(?:[ =][^`]*)?`");

  /** Flags of Docker and of mongosh. */
  private static final Set<String> OF_OTHERS = Set.of("--ulimit", "--log-opt", "--tls");

  static Stream<DocBlock> blocks() {
    return DocBlock.all().stream().filter(DocBlock::isShell);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void eachCallIsUnderstood(DocBlock block) {
    assertThat(ShellScript.calls(block.text(), "linnet"))
        .allSatisfy(call -> understands(call, block.place()));
  }

  @ParameterizedTest
  @MethodSource("im.linnet.testkit.doc.DocBlock#pages")
  void eachFlagOfACallInTheTextExists(String page) {
    Matcher calls = INLINE.matcher(page);
    while (calls.find()) {
      List<String> words =
          ShellScript.calls(calls.group(1).replaceAll("\\[.*|\\.\\.\\.|…", ""), "linnet")
              .getFirst();
      CommandLine command = Linnet.commandLine(SettingSources.of(List.of(), Map.of()));
      for (String word : words) {
        if (command.getSubcommands().containsKey(word)) {
          command = command.getSubcommands().get(word);
        }
      }
      CommandSpec spec = command.getCommandSpec();
      assertThat(words.stream().filter(word -> word.matches("--[a-z-]+.*")))
          .as(calls.group())
          .allSatisfy(
              flag -> assertThat(spec.findOption(flag.replaceAll("=.*", ""))).as(flag).isNotNull());
    }
  }

  @ParameterizedTest
  @MethodSource("im.linnet.testkit.doc.DocBlock#pages")
  void eachFlagInTheTextExists(String page) {
    Set<String> known = new HashSet<>(OF_OTHERS);
    for (CommandLine each : allCommands(Linnet.commandLine(SettingSources.none()))) {
      known.addAll(each.getCommandSpec().optionsMap().keySet());
    }
    assertThat(FLAG.matcher(page).results().map(found -> found.group(1)))
        .allSatisfy(flag -> assertThat(known).contains(flag));
  }

  /** The page has a row for each setting, and help and the page cannot drift apart. */
  @Test
  void eachSettingStandsInOperations() throws IOException {
    String page = Files.readString(DocBlock.root().resolve("docs/operations.md"));
    CommandLine command = Linnet.commandLine(SettingSources.none());
    for (CommandLine each : command.getSubcommands().values()) {
      assertThat(each.getCommandSpec().options())
          .extracting(OptionSpec::longestName)
          .filteredOn(flag -> !Set.of("--help", "--version").contains(flag))
          .as(each.getCommandName())
          .allSatisfy(flag -> assertThat(page).containsPattern("`" + flag + "[ `]"));
    }
  }

  private static List<CommandLine> allCommands(CommandLine command) {
    return Stream.concat(
            Stream.of(command),
            command.getSubcommands().values().stream().flatMap(each -> allCommands(each).stream()))
        .toList();
  }

  private static void understands(List<String> call, String place) {
    assertThatCode(
            () ->
                Linnet.commandLine(SettingSources.of(List.of(), Map.of()))
                    .parseArgs(call.toArray(String[]::new)))
        .as("%s: linnet %s", place, String.join(" ", call))
        .doesNotThrowAnyException();
  }
}
