package im.linnet.presence;

import im.linnet.schemas.event.EdgeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All edges, from {@code im.edge.v1}. No threads, no I/O, no clock: the caller gives the time.
 *
 * <p>Guarantee: an epoch is over here only if {@code im.edge.v1} says so (an ended record, a
 * heartbeat of a higher epoch, a tombstone). One partition orders these records, so every tracker
 * comes to the same answer. Silence alone only proposes an ended record. Silence counts only while
 * the topic can be read to its end. So a tracker that was paused, cut off or just started first
 * grants every edge a full time-out.
 */
final class EdgeRoster {
  private final long timeoutMillis;
  private final long contactGapMillis;
  private final Map<String, EdgeLife> edges = new TreeMap<>();
  private final Map<String, Long> askedAt = new TreeMap<>();
  private final List<EdgeEvent.Ended> proposals = new ArrayList<>();
  private boolean contact;
  private long contactAt;

  EdgeRoster(PresenceConfig config) {
    timeoutMillis = config.edgeTimeout().toMillis();
    contactGapMillis = config.contactGap().toMillis();
  }

  /**
   * Takes note of a sighting.
   *
   * @param now the monotonic time, ms
   */
  void see(EdgeSighting sighting, long now) {
    switch (sighting) {
      case EdgeSighting.Beat seen -> beat(seen.beat(), now);
      case EdgeSighting.Over seen -> put(life(seen.edge()).over(seen.epoch()));
      case EdgeSighting.Stopped seen -> put(life(seen.edge()).stopped());
      case EdgeSighting.Named seen -> put(life(seen.edge()).named(seen.epoch(), now));
      case EdgeSighting.ReadToEnd seen -> readToEnd(seen.asOf());
    }
  }

  private void beat(EdgeEvent.Heartbeat beat, long now) {
    EdgeLife life = life(beat.edge());
    if (life.isEnded(beat.epoch()) && contact && !life.isLive()) {
      // The edge has not seen the end of its epoch, and compaction may remove the ended record.
      propose(life.edge(), life.ended(), now);
    }
    put(life.beat(beat, now));
  }

  private void readToEnd(long asOf) {
    if (!contact || asOf - contactAt > contactGapMillis) {
      edges.replaceAll((edge, life) -> life.excused(asOf));
    }
    contact = true;
    contactAt = asOf;
    for (EdgeLife life : edges.values()) {
      long silent = life.silent(asOf, timeoutMillis);
      if (silent != EdgeLife.NONE) {
        propose(life.edge(), silent, asOf);
      }
    }
  }

  /**
   * Proposes the end of an epoch. It repeats the proposal only if the epoch has not ended a whole
   * contact gap later.
   */
  private void propose(String edge, long epoch, long now) {
    Long asked = askedAt.get(edge);
    if (asked == null || now - asked >= contactGapMillis) {
      askedAt.put(edge, now);
      proposals.add(new EdgeEvent.Ended(edge, epoch));
    }
  }

  /** The records to publish in {@code im.edge.v1}; each is handed out once. */
  List<EdgeEvent.Ended> takeProposals() {
    List<EdgeEvent.Ended> taken = List.copyOf(proposals);
    proposals.clear();
    return taken;
  }

  /** Whether that epoch of that edge is over. */
  boolean isEnded(String edge, long epoch) {
    EdgeLife life = edges.get(edge);
    return life != null && life.isEnded(epoch);
  }

  /** Whether the edges are known: {@code im.edge.v1} has been read to its end once. */
  boolean isComplete() {
    return contact;
  }

  /** The addresses at which the live edges serve clients, sorted. */
  List<String> liveAddresses() {
    return edges.values().stream()
        .filter(EdgeLife::isLive)
        .map(EdgeLife::address)
        .distinct()
        .sorted()
        .toList();
  }

  private EdgeLife life(String edge) {
    return edges.getOrDefault(edge, EdgeLife.unknown(edge));
  }

  private void put(EdgeLife life) {
    edges.put(life.edge(), life);
  }
}
