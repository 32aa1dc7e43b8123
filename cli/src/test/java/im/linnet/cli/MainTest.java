package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "broker",
        "edge",
        "persister",
        "presence",
        "chat",
        "token",
        "topics",
        "digest",
        "rebuild"
      })
  void everyCommandHasHelpWithAnExample(String command) {
    CommandRun run = CommandRun.of(command, "--help");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("Usage: linnet " + command).contains("  linnet " + command);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void withoutACommandItSaysWhatThereIs() {
    CommandRun run = CommandRun.of();

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("up", "chat", "Exit codes");
  }

  @Test
  void theVersionIsPrinted() {
    CommandRun run = CommandRun.of("--version");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("linnet ").contains("java ");
  }

  @Test
  void anUnknownCommandIsOneLine() {
    CommandRun run = CommandRun.of("pu");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("linnet: not understood: 'pu'").contains("linnet --help");
  }

  @Test
  void anUnknownFlagIsOneLine() {
    CommandRun run = CommandRun.of("up", "--tcp-prot", "9");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("--tcp-prot").contains("linnet up --help");
  }
}
