package im.linnet.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as an operator writes them: 500ms, 25s, 10m, 2h, 30d. */
public final class Times {
  private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,8})(ms|s|m|h|d)");

  /** From the largest to the smallest. */
  private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("d", Duration.ofDays(1));
    UNITS.put("h", Duration.ofHours(1));
    UNITS.put("m", Duration.ofMinutes(1));
    UNITS.put("s", Duration.ofSeconds(1));
    UNITS.put("ms", Duration.ofMillis(1));
  }

  private Times() {}

  /**
   * The span that a text says.
   *
   * @throws IllegalArgumentException if the text says none; the message quotes it
   */
  public static Duration parse(String text) {
    Matcher parts = FORM.matcher(text);
    Duration unit = parts.matches() ? UNITS.get(parts.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a time such as 500ms, 25s, 10m, 2h or 30d");
    }
    return unit.multipliedBy(Long.parseLong(parts.group(1)));
  }

  /** The text that {@link #parse} reads back, in the largest unit that fits; whole milliseconds. */
  public static String text(Duration time) {
    for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
      long millis = unit.getValue().toMillis();
      if (!time.isZero() && time.toMillis() % millis == 0) {
        return time.toMillis() / millis + unit.getKey();
      }
    }
    return "0s";
  }
}
