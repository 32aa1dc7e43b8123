package im.linnet.testkit.doc;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The commands of a shell script as far as documentation needs: words with quotes, comments,
 * continued lines, pipes and lists, and the commands in {@code $(...)}. Pure.
 */
public final class ShellScript {
  private static final Set<String> WRAPPERS =
      Set.of("docker", "podman", "sudo", "env", "exec", "nohup", "time");

  /** A redirection, with no space before the name of the file. */
  private static final String TO_A_FILE = "\\d?>[^&]+";

  private final String text;
  private final List<List<String>> commands = new ArrayList<>();
  private List<String> words = new ArrayList<>();
  private StringBuilder word = new StringBuilder();
  private boolean inWord;

  private ShellScript(String text) {
    this.text = text;
  }

  /** Each command as its words. */
  public static List<List<String>> commands(String script) {
    ShellScript parsed = new ShellScript(script.replace("\\\n", " "));
    parsed.parse();
    return parsed.commands;
  }

  /** The arguments of each call of one program, also through sudo, docker and the like. */
  public static List<List<String>> calls(String script, String program) {
    List<List<String>> calls = new ArrayList<>();
    for (List<String> command : commands(script)) {
      List<String> words =
          command.stream()
              .dropWhile(each -> each.matches("[A-Za-z_][A-Za-z_0-9]*=.*"))
              .filter(each -> !each.matches(TO_A_FILE))
              .toList();
      int place = -1;
      for (int i = 0; i < words.size(); i++) {
        if (words.get(i).equals(program) || words.get(i).endsWith("/" + program)) {
          place = i;
        }
      }
      if (place == 0 || (place > 0 && WRAPPERS.contains(words.getFirst()))) {
        calls.add(words.subList(place + 1, words.size()));
      }
    }
    return calls;
  }

  private void parse() {
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (quote != '\'' && text.startsWith("$(", i)) {
        int end = closing(i + 2);
        commands.addAll(commands(text.substring(i + 2, end)));
        append('x');
        i = end;
      } else if (quote != 0) {
        if (each == quote) {
          quote = 0;
        } else {
          append(each);
        }
      } else if (each == '\'' || each == '"') {
        quote = each;
        inWord = true;
      } else if (each == '\\' && i + 1 < text.length()) {
        append(text.charAt(++i));
      } else if (each == '#' && !inWord) {
        while (i + 1 < text.length() && text.charAt(i + 1) != '\n') {
          i++;
        }
      } else if ("\n;|&".indexOf(each) >= 0) {
        endCommand();
      } else if (Character.isWhitespace(each)) {
        endWord();
      } else {
        append(each);
      }
    }
    endCommand();
  }

  private int closing(int from) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("a $( without its end in: " + text);
  }

  private void append(char each) {
    word.append(each);
    inWord = true;
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word = new StringBuilder();
      inWord = false;
    }
  }

  private void endCommand() {
    endWord();
    if (!words.isEmpty()) {
      commands.add(List.copyOf(words));
      words = new ArrayList<>();
    }
  }
}
