package im.linnet.persister.decide;

import im.linnet.records.Circle;
import java.util.Map;

/**
 * How many users are in the circles of some users, as the view has it. One that was not asked for
 * counts as empty.
 *
 * @param sizes by circle and by the user whose circle it is
 */
record CircleSizes(Map<Circle, Map<String, Integer>> sizes) {
  CircleSizes {
    sizes = Map.copyOf(sizes);
  }

  /** Whether that circle of a user takes no more. */
  boolean isFull(Circle circle, String user) {
    return sizes.getOrDefault(circle, Map.of()).getOrDefault(user, 0) >= circle.most();
  }
}
