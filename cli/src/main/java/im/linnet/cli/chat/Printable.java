package im.linnet.cli.chat;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes the text of others safe for a terminal. The text must not steer the terminal, hide or
 * reorder other text, or pass for another message. Line breaks are kept. Every control character
 * becomes a replacement character: those of C0 and C1 (escape sequences begin with one), those that
 * set the direction of text, and the invisible ones, except the joiners of emoji and of Persian.
 * Pure.
 */
final class Printable {
  private static final String TAB = "    ";
  private static final int REPLACEMENT = 0xFFFD;

  private Printable() {}

  /** The lines of a text, at least one. */
  static List<String> lines(String text) {
    List<String> lines =
        text.replace("\r\n", "\n")
            .codePoints()
            .mapToObj(Printable::shown)
            .collect(Collectors.joining())
            .lines()
            .toList();
    return lines.isEmpty() ? List.of("") : lines;
  }

  /** All of it on one line. */
  static String line(String text) {
    return String.join(" ", lines(text));
  }

  private static String shown(int each) {
    return switch (each) {
      // LF, VT, FF, CR, NEL, and the separators of lines and paragraphs.
      case '\n', 0x0B, 0x0C, '\r', 0x85, 0x2028, 0x2029 -> "\n";
      case '\t' -> TAB;
      // The zero-width joiner and non-joiner: words and emoji need them.
      case 0x200C, 0x200D -> Character.toString(each);
      default -> Character.toString(steers(each) ? REPLACEMENT : each);
    };
  }

  private static boolean steers(int each) {
    return switch (Character.getType(each)) {
      case Character.CONTROL, Character.SURROGATE -> true;
      // The tags U+E0020 and above follow a visible flag and spell the flags of regions.
      case Character.FORMAT -> each < 0xE0020 || each > 0xE007F;
      default -> false;
    };
  }
}
