package im.linnet.testkit.doc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellScriptTest {
  @Test
  void commandsAreWordsBetweenPipesAndLineEnds() {
    assertThat(ShellScript.commands("a 'b c' \"d\" e\\ f # no\n\ng|h && i; j \\\n  k"))
        .containsExactly(
            List.of("a", "b c", "d", "e f"),
            List.of("g"),
            List.of("h"),
            List.of("i"),
            List.of("j", "k"));
  }

  @Test
  void aFileThatTakesTheOutputIsNoArgument() {
    assertThat(ShellScript.calls("./linnet token aa >aa.token; linnet ping 2>errors", "linnet"))
        .containsExactly(List.of("token", "aa"), List.of("ping"));
  }

  @Test
  void callsAreFoundInSubstitutionsAndThroughWrappers() {
    String script =
        "TOKEN=$(./linnet token aa) X=1 linnet up\n"
            + "docker compose exec edge-1 linnet token bb\n"
            + "echo linnet | linnet chat --as aa\n"
            + "sudo -u linnet linnet edge";

    assertThat(ShellScript.calls(script, "linnet"))
        .containsExactly(
            List.of("token", "aa"),
            List.of("up"),
            List.of("token", "bb"),
            List.of("chat", "--as", "aa"),
            List.of("edge"));
  }
}
