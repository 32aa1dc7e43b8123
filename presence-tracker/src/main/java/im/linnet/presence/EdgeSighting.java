package im.linnet.presence;

import im.linnet.schemas.event.EdgeEvent;

/** A piece of news about an edge. The tracker takes sightings in the order in which they come. */
sealed interface EdgeSighting {
  /**
   * A heartbeat record in {@code im.edge.v1}.
   *
   * @param beat the heartbeat
   */
  record Beat(EdgeEvent.Heartbeat beat) implements EdgeSighting {}

  /**
   * A record in {@code im.edge.v1} that ends an epoch: it was silent, or the edge stopped cleanly
   * in it.
   *
   * @param edge the edge
   * @param epoch that epoch; every lower one is over too
   */
  record Over(String edge, long epoch) implements EdgeSighting {}

  /**
   * A tombstone that does not name its epoch: the edge stopped cleanly.
   *
   * @param edge the edge
   */
  record Stopped(String edge) implements EdgeSighting {}

  /**
   * A session names the edge and its epoch; a heartbeat of that epoch is due.
   *
   * @param edge the edge
   * @param epoch the session's epoch
   */
  record Named(String edge, long epoch) implements EdgeSighting {}

  /**
   * All records in {@code im.edge.v1} up to that moment have been seen.
   *
   * @param asOf the tracker's monotonic time, ms, of the question for the topic's end
   */
  record ReadToEnd(long asOf) implements EdgeSighting {}
}
