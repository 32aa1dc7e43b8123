package im.linnet.presence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The meters of a tracker. Safe on any thread. */
final class PresenceMeters {
  final Counter sessionEvents;
  final Counter malformed;
  final Counter stale;
  final Counter statesPublished;
  final Counter epochsEnded;
  final Counter failures;
  final Counter restored;
  private volatile long online;
  private volatile long known;
  private volatile long liveEdges;

  /** Registers them, so that each shows from the first scrape. */
  PresenceMeters(MeterRegistry registry) {
    sessionEvents = counter(registry, "session.events", "Session events taken");
    malformed = counter(registry, "malformed", "Records skipped because they cannot be read");
    stale = counter(registry, "stale", "Session events that came too late to count");
    statesPublished = counter(registry, "states.published", "Presence records published");
    epochsEnded = counter(registry, "epochs.ended", "Silent edges' epochs ended by this tracker");
    restored = counter(registry, "restored", "Presence records read to restore what is known");
    failures = counter(registry, "failures", "Failures that were tried again");
    Gauge.builder("linnet.presence.users.online", this, meters -> meters.online)
        .description("Users with a session, in this tracker's partitions")
        .register(registry);
    Gauge.builder("linnet.presence.users.known", this, meters -> meters.known)
        .description("Users of whom something is known, in this tracker's partitions")
        .register(registry);
    Gauge.builder("linnet.presence.edges.live", this, meters -> meters.liveEdges)
        .description("Edges that live")
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("linnet.presence." + name).description(description).register(registry);
  }

  /** Shows these numbers of users from now on. */
  void users(long onlineNow, long knownNow) {
    online = onlineNow;
    known = knownNow;
  }

  /** Shows this number of edges from now on. */
  void edges(long live) {
    liveEdges = live;
  }
}
