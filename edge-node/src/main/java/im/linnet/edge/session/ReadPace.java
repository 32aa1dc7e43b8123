package im.linnet.edge.session;

import im.linnet.log.tail.ViewDistance;
import java.util.function.LongSupplier;

/**
 * How long a session is not read after each read of its socket. It is zero unless the view is late:
 * then the clients are read more slowly, until the persister follows. So the lag of the view is
 * bounded, as long as a read does not bring very many requests.
 *
 * <p>The pause grows by a quarter at each look at a view that is too late, and falls by a fifth at
 * each other look. A view that does not move at all has lost its persister. Then there is no pause:
 * chat goes on without the store.
 *
 * <p>Looks come from one thread; the pause may be asked on any thread.
 */
public final class ReadPace implements LongSupplier {
  /** A client that sends one message at a time sends at least this often. */
  static final long LONGEST_MILLIS = 500;

  static final long FIRST_MILLIS = 4;

  /** A view that has not moved for this long has no persister. */
  static final long STILL_MILLIS = 2_000;

  private final long mostLagMillis;
  private volatile long pauseMillis;

  // Owned by the looking thread.
  private long applied = Long.MIN_VALUE;
  private long movedMillis;

  /**
   * @param mostLagMillis the lag of the view that needs no pause; 0: there is never a pause
   */
  public ReadPace(long mostLagMillis) {
    this.mostLagMillis = mostLagMillis;
  }

  /**
   * Looks at the view.
   *
   * @param view how far it is
   * @param nowMillis the time of a steady clock
   */
  public void look(ViewDistance view, long nowMillis) {
    // Not by the oldest record that it lacks: a full ring forgets it while the view stands still.
    if (view.applied() != applied || view.records() == 0) {
      applied = view.applied();
      movedMillis = nowMillis;
    }
    if (nowMillis - movedMillis >= STILL_MILLIS) {
      pauseMillis = 0;
    } else if (mostLagMillis > 0 && view.millis() > mostLagMillis) {
      pauseMillis = Math.clamp(pauseMillis + pauseMillis / 4, FIRST_MILLIS, LONGEST_MILLIS);
    } else {
      pauseMillis = pauseMillis * 4 / 5;
    }
  }

  /** The pause after each read, in ms; 0 if there is none. */
  @Override
  public long getAsLong() {
    return pauseMillis;
  }
}
