package im.linnet.bench;

/**
 * Finds out when a cost has stopped falling: none of the last {@link #QUIET} windows was more than
 * {@link #FALL} below the lowest one before it. A JVM's compilers work for a minute and more beside
 * the load, and their time would count as that of the messages. For one thread.
 */
final class SteadyState {
  private static final int QUIET = 4;
  private static final double FALL = 0.03;

  private double lowest = Double.POSITIVE_INFINITY;
  private int quiet;

  /**
   * Takes the cost of the next window.
   *
   * @return whether it has stopped falling
   */
  boolean reachedWith(double cost) {
    quiet = cost < lowest * (1 - FALL) ? 0 : quiet + 1;
    lowest = Math.min(lowest, cost);
    return quiet >= QUIET;
  }
}
