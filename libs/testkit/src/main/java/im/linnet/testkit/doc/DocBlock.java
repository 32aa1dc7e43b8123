package im.linnet.testkit.doc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of the documentation. An HTML comment before a shell block says whether the tests
 * run it: {@code <!-- run -->}, or {@code <!-- not run: why -->}.
 *
 * @param place file and line, for messages
 * @param language the info string's first word, empty if the block has none
 * @param fate the text of the comment, empty if the block has none
 * @param text the lines between the fences
 */
public record DocBlock(String place, String language, String fate, String text) {
  public static final String RUN = "run";

  private static final Set<String> SHELL = Set.of("sh", "bash", "shell", "console", "zsh");
  private static final Pattern COMMENT = Pattern.compile("\\s*<!-- *(run|not run: .+?) *-->\\s*");
  private static final Pattern FENCE = Pattern.compile("( *)(```+|~~~+)\\s*(\\S*).*");

  /** All blocks of README.md and docs/*.md. */
  public static List<DocBlock> all() {
    return files().stream()
        .flatMap(file -> of(root().relativize(file).toString(), read(file)).stream())
        .toList();
  }

  /** The whole text of README.md and docs/*.md. */
  public static List<String> pages() {
    return files().stream().map(file -> String.join("\n", read(file))).toList();
  }

  private static List<Path> files() {
    try (Stream<Path> docs = Files.list(root().resolve("docs"))) {
      return Stream.concat(
              Stream.of(root().resolve("README.md")),
              docs.filter(each -> each.toString().endsWith(".md")).sorted())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The blocks of one page. */
  public static List<DocBlock> of(String name, List<String> lines) {
    List<DocBlock> blocks = new ArrayList<>();
    String fate = "";
    for (int i = 0; i < lines.size(); i++) {
      Matcher comment = COMMENT.matcher(lines.get(i));
      Matcher fence = FENCE.matcher(lines.get(i));
      if (comment.matches()) {
        fate = comment.group(1);
      } else if (fence.matches()) {
        int begin = i + 1;
        StringBuilder text = new StringBuilder();
        for (i++; i < lines.size() && !lines.get(i).strip().equals(fence.group(2)); i++) {
          text.append(lines.get(i)).append('\n');
        }
        blocks.add(new DocBlock(name + ":" + begin, fence.group(3), fate, text.toString()));
        fate = "";
      } else if (!lines.get(i).isBlank()) {
        fate = "";
      }
    }
    return blocks;
  }

  public boolean isShell() {
    return SHELL.contains(language);
  }

  /** The checkout that this test runs in. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("linnet"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("this test is to run inside a checkout");
    }
    return folder;
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
