package im.linnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.testkit.doc.DocBlock;
import im.linnet.testkit.doc.ShellScript;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command of the documentation is classed: it is run by a test, or says why not. */
class DocCommandsTest {
  /** What begins a line that somebody would paste into a shell. */
  private static final Set<String> PROGRAMS =
      Set.of("linnet", "./linnet", "kcat", "docker", "mvn", "nc", "curl", "mongosh", "mongod", "$");

  static Stream<DocBlock> blocks() {
    return DocBlock.all().stream();
  }

  static Stream<DocBlock> shellBlocks() {
    return blocks().filter(DocBlock::isShell);
  }

  @Test
  void blocksAreFound() {
    assertThat(shellBlocks()).hasSizeGreaterThan(5);
    assertThat(shellBlocks()).anyMatch(block -> block.fate().equals(DocBlock.RUN));
  }

  @ParameterizedTest
  @MethodSource("shellBlocks")
  void eachShellBlockIsRunOrSaysWhyNot(DocBlock block) {
    assertThat(block.fate())
        .as(
            "%s: put '<!-- run -->' or '<!-- not run: why -->' on a line of its own before the"
                + " block",
            block.place())
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void commandsStandInShellBlocks(DocBlock block) {
    if (!block.isShell() && block.language().isEmpty()) {
      assertThat(block.text().lines().map(line -> line.strip().split("\\s+")[0]))
          .as("%s holds commands: make it a block of sh", block.place())
          .doesNotContainAnyElementsOf(PROGRAMS);
    }
  }

  @ParameterizedTest
  @MethodSource("shellBlocks")
  void noInputOfAnotherProgramStandsInAShellBlock(DocBlock block) {
    assertThat(block.text().lines().map(String::strip))
        .as(
            "%s: JSON is not a shell command; pipe it in, or give it a block of its own",
            block.place())
        .noneMatch(line -> line.startsWith("{\""));
  }

  @ParameterizedTest
  @MethodSource("shellBlocks")
  void kcatIsToldToConsume(DocBlock block) {
    // Without a terminal kcat produces, from what it finds in its standard input.
    assertThat(ShellScript.calls(block.text(), "kcat"))
        .as(block.place())
        .allSatisfy(call -> assertThat(call).containsAnyOf("-C", "-L", "-P"));
  }

  @Test
  void aBlockWithoutACommentHasNoFate() {
    List<DocBlock> blocks =
        DocBlock.of(
            "a.md",
            """
            <!-- run -->

            ```sh
            kcat -C
            ```
            <!-- not run: needs a cluster -->
            text between
            ```sh
            mvn
            ```
            """
                .lines()
                .toList());

    assertThat(blocks)
        .containsExactly(
            new DocBlock("a.md:3", "sh", "run", "kcat -C\n"),
            new DocBlock("a.md:8", "sh", "", "mvn\n"));
  }
}
