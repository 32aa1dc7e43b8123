package im.linnet.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checks of {@code promtool check metrics}: the rules of Prometheus' naming conventions,
 * without promtool. Safe on any thread.
 */
public final class PrometheusLint {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.+)");
  private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(\\{.*})? \\S+.*");
  private static final Pattern CAMEL = Pattern.compile("[a-z][A-Z]");

  /** Units that should be base units, and the base unit. */
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("milliseconds", "seconds"),
          Map.entry("microseconds", "seconds"),
          Map.entry("nanoseconds", "seconds"),
          Map.entry("minutes", "seconds"),
          Map.entry("hours", "seconds"),
          Map.entry("days", "seconds"),
          Map.entry("kilobytes", "bytes"),
          Map.entry("megabytes", "bytes"),
          Map.entry("gigabytes", "bytes"),
          Map.entry("bits", "bytes"),
          Map.entry("percent", "ratio"));

  private static final Set<String> SHORT_UNITS =
      Set.of("s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d");

  private static final Set<String> TYPE_WORDS = Set.of("gauge", "counter", "histogram", "summary");

  private PrometheusLint() {}

  /**
   * One line for each fault of a scrape in Prometheus' text format; an empty list for a clean
   * scrape.
   */
  public static List<String> of(String scrape) {
    Map<String, String> types = new HashMap<>();
    Set<String> helped = new HashSet<>();
    List<String> faults = new ArrayList<>();
    scrape
        .lines()
        .forEach(
            line -> {
              Matcher type = TYPE.matcher(line);
              Matcher help = HELP.matcher(line);
              if (type.matches()) {
                types.put(type.group(1), type.group(2));
              } else if (help.matches()) {
                helped.add(help.group(1));
              } else if (!line.isBlank() && !SAMPLE.matcher(line).matches()) {
                faults.add("not a sample: " + line);
              }
            });
    if (types.isEmpty()) {
      faults.add("no metric at all");
    }
    types.forEach(
        (name, type) -> {
          if (!helped.contains(name)) {
            faults.add(name + ": no help text");
          }
          judge(name, type, faults);
        });
    return faults;
  }

  private static void judge(String name, String type, List<String> faults) {
    boolean total = name.endsWith("_total");
    if (type.equals("counter") && !total) {
      faults.add(name + ": a counter should end in _total");
    }
    if (!type.equals("counter") && total) {
      faults.add(name + ": only a counter should end in _total");
    }
    if (!type.equals("histogram") && !type.equals("summary")) {
      for (String suffix : List.of("_bucket", "_count", "_sum")) {
        if (name.endsWith(suffix) && !(suffix.equals("_bucket") && type.equals("gauge"))) {
          faults.add(name + ": only a histogram or summary should end in " + suffix);
        }
      }
    }
    if (name.indexOf(':') >= 0 || CAMEL.matcher(name).find()) {
      faults.add(name + ": should be snake_case without colons");
    }
    for (String word : name.toLowerCase(Locale.ROOT).split("_", -1)) {
      if (UNITS.containsKey(word)) {
        faults.add(name + ": use the base unit " + UNITS.get(word) + " instead of " + word);
      }
      if (SHORT_UNITS.contains(word)) {
        faults.add(name + ": has an abbreviated unit, " + word);
      }
      if (TYPE_WORDS.contains(word) && word.equals(type)) {
        faults.add(name + ": should not name its type");
      }
    }
  }
}
