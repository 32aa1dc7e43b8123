package im.linnet.cli.system;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What differs between two large maps, so that a failure can be read. */
final class Differences {
  private static final int SHOWN = 5;

  private Differences() {}

  /** A line for each of the first few keys whose values differ; empty where the maps are equal. */
  static <K, V> List<String> of(String what, Map<K, V> expected, Map<K, V> actual) {
    List<String> lines = new ArrayList<>();
    Set<K> keys = new HashSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    int count = 0;
    for (K key : keys) {
      if (!Objects.equals(expected.get(key), actual.get(key)) && count++ < SHOWN) {
        lines.add(
            what + " " + key + ": is " + actual.get(key) + ", ought to be " + expected.get(key));
      }
    }
    if (count > SHOWN) {
      lines.add(what + ": " + count + " of " + keys.size() + " differ");
    }
    return lines;
  }
}
