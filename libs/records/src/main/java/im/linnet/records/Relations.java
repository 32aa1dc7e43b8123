package im.linnet.records;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A user's friends and blocks. Immutable.
 *
 * @param circles each circle's users, by name
 */
public record Relations(Map<Circle, SortedSet<String>> circles) {
  /** No friends and no blocks. */
  public static final Relations NONE = new Relations(Map.of());

  public Relations {
    Map<Circle, SortedSet<String>> copy = new EnumMap<>(Circle.class);
    for (Circle circle : Circle.values()) {
      SortedSet<String> users = circles.get(circle);
      copy.put(
          circle,
          users == null || users.isEmpty()
              ? Collections.emptySortedSet()
              : Collections.unmodifiableSortedSet(new TreeSet<>(users)));
    }
    circles = Collections.unmodifiableMap(copy);
  }

  /** The users of a circle, by name. */
  public SortedSet<String> of(Circle circle) {
    return Objects.requireNonNull(circles.get(circle));
  }

  /** The same with a user in a circle, or out of it. */
  public Relations with(Circle circle, String peer, boolean in) {
    if (of(circle).contains(peer) == in) {
      return this;
    }
    Map<Circle, SortedSet<String>> changed = new EnumMap<>(circles);
    SortedSet<String> users = new TreeSet<>(of(circle));
    if (in) {
      users.add(peer);
    } else {
      users.remove(peer);
    }
    changed.put(circle, users);
    return new Relations(changed);
  }
}
