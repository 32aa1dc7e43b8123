package im.linnet.cli.config;

import im.linnet.settings.SettingException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of settings: lines of {@code key = value} or {@code key: value}, so a flat YAML file, too.
 * A value stands as it is written, backslashes included; quotes around the whole of it are dropped.
 * Lines that begin with {@code #} or {@code !} are comments.
 */
final class ConfigFile {
  private static final String FLAG = "--config";

  private static final Pattern LINE = Pattern.compile("([^\\s=:]+)\\s*[=:](.*)", Pattern.DOTALL);

  private ConfigFile() {}

  /**
   * The values by their keys.
   *
   * @throws SettingException if the file cannot be read, or a line of it cannot be understood
   */
  static Map<String, String> read(Path file) {
    Map<String, String> values = new HashMap<>();
    int number = 0;
    for (String line : TextFile.text(file, "the configuration", FLAG).lines().toList()) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#") || text.startsWith("!")) {
        continue;
      }
      Matcher parts = LINE.matcher(text);
      if (!parts.matches()) {
        throw refused(file, number, "is not 'key = value'", "write it so, or put a # before it");
      }
      String key = parts.group(1);
      if (values.put(key, unquoted(parts.group(2).strip())) != null) {
        throw refused(file, number, "gives '" + key + "' again", "remove one of the two lines");
      }
    }
    return values;
  }

  private static SettingException refused(Path file, int line, String wrong, String remedy) {
    return new SettingException("line " + line + " of " + file + " " + wrong, FLAG, remedy);
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && (isWrapped(value, "\"") || isWrapped(value, "'"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static boolean isWrapped(String text, String quote) {
    return text.startsWith(quote) && text.endsWith(quote);
  }
}
