package im.linnet.presence;

import im.linnet.schemas.event.EdgeEvent.Heartbeat;

/**
 * The known state of one edge. Epochs of an edge only grow. The end of an epoch ends every lower
 * one too, so two numbers are enough.
 *
 * <table>
 * <caption>Transitions</caption>
 * <tr><th>sighting</th><th>epoch</th><th>ended</th></tr>
 * <tr><td>heartbeat, its epoch above ended</td><td>its epoch</td><td>all below it</td></tr>
 * <tr><td>heartbeat of an ended epoch</td><td>as it was</td><td>as it was</td></tr>
 * <tr><td>over</td><td>as it was</td><td>at least that epoch</td></tr>
 * <tr><td>tombstone</td><td>as it was</td><td>the epoch of the last heartbeat</td></tr>
 * <tr><td>named by a session, above both</td><td colspan="2">as they were; awaited</td></tr>
 * </table>
 *
 * @param edge its id
 * @param epoch the epoch of the newest heartbeat, {@link #NONE} before the first
 * @param ended epochs at or below it are over, {@link #NONE} before the first end
 * @param address the address for clients in its last heartbeat; empty before the first
 * @param heardAt the time when that heartbeat was read, monotonic ms
 * @param awaited an epoch that a session has named but a heartbeat has not, else {@link #NONE}
 * @param awaitedAt the time when a session first named it, monotonic ms
 */
record EdgeLife(
    String edge,
    long epoch,
    long ended,
    String address,
    long heardAt,
    long awaited,
    long awaitedAt) {
  /** Stands for a missing epoch. */
  static final long NONE = -1;

  static EdgeLife unknown(String edge) {
    return new EdgeLife(edge, NONE, NONE, "", 0, NONE, 0);
  }

  EdgeLife beat(Heartbeat beat, long now) {
    if (beat.epoch() <= ended || beat.epoch() < epoch) {
      return this;
    }
    long over = Math.max(ended, beat.epoch() - 1);
    long stillAwaited = awaited <= beat.epoch() ? NONE : awaited;
    return new EdgeLife(edge, beat.epoch(), over, beat.address(), now, stillAwaited, awaitedAt);
  }

  EdgeLife over(long upTo) {
    if (upTo <= ended) {
      return this;
    }
    long stillAwaited = awaited <= upTo ? NONE : awaited;
    return new EdgeLife(edge, epoch, upTo, address, heardAt, stillAwaited, awaitedAt);
  }

  EdgeLife stopped() {
    return over(epoch);
  }

  EdgeLife named(long byEpoch, long now) {
    if (byEpoch <= ended || byEpoch <= epoch || byEpoch <= awaited) {
      return this;
    }
    return new EdgeLife(edge, epoch, ended, address, heardAt, byEpoch, now);
  }

  /** A copy that counts silence from {@code now} at the earliest. */
  EdgeLife excused(long now) {
    return new EdgeLife(
        edge, epoch, ended, address, Math.max(heardAt, now), awaited, Math.max(awaitedAt, now));
  }

  /**
   * The highest epoch that has been silent for the time-out, {@link #NONE} if every epoch has been
   * heard.
   */
  long silent(long asOf, long timeoutMillis) {
    if (awaited > ended && asOf - awaitedAt >= timeoutMillis) {
      return awaited;
    }
    return isLive() && asOf - heardAt >= timeoutMillis ? epoch : NONE;
  }

  boolean isLive() {
    return epoch > ended;
  }

  boolean isEnded(long ofEpoch) {
    return ofEpoch <= ended;
  }
}
