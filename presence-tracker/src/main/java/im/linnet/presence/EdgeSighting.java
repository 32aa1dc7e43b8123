package im.linnet.presence;

import im.linnet.schemas.event.EdgeEvent;

/** What the tracker learns of edges, in the order in which it learns it. */
sealed interface EdgeSighting {
  /**
   * A heartbeat stands in {@code im.edge.v1}.
   *
   * @param beat the heartbeat
   */
  record Beat(EdgeEvent.Heartbeat beat) implements EdgeSighting {}

  /**
   * {@code im.edge.v1} says that an epoch is over: it was silent, or the edge stopped cleanly in
   * it.
   *
   * @param edge the edge
   * @param epoch that epoch, and every lower one
   */
  record Over(String edge, long epoch) implements EdgeSighting {}

  /**
   * A tombstone that does not name its epoch: the edge stopped cleanly.
   *
   * @param edge the edge
   */
  record Stopped(String edge) implements EdgeSighting {}

  /**
   * A session names the edge and its epoch; a heartbeat of it is due.
   *
   * @param edge the edge
   * @param epoch the session's epoch
   */
  record Named(String edge, long epoch) implements EdgeSighting {}

  /**
   * Everything that stood in {@code im.edge.v1} at that moment has been seen.
   *
   * @param asOf the tracker's monotonic time, ms, at which the topic's end was asked
   */
  record ReadToEnd(long asOf) implements EdgeSighting {}
}
