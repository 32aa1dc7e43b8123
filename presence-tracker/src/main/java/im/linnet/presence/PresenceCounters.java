package im.linnet.presence;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** The counters of a tracker, and its meters. Safe on any thread. */
final class PresenceCounters {
  final LongAdder sessionEvents = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder stale = new LongAdder();
  final LongAdder statesPublished = new LongAdder();
  final LongAdder epochsEnded = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder restored = new LongAdder();
  private volatile long online;
  private volatile long known;
  private volatile long liveEdges;

  void users(long onlineNow, long knownNow) {
    online = onlineNow;
    known = knownNow;
  }

  void edges(long live) {
    liveEdges = live;
  }

  void bindTo(MeterRegistry registry) {
    counter(registry, "session.events", "Session events taken", sessionEvents);
    counter(registry, "malformed", "Records skipped because they cannot be read", malformed);
    counter(registry, "stale", "Session events that came too late to count", stale);
    counter(registry, "states.published", "Presence records published", statesPublished);
    counter(registry, "epochs.ended", "Silent edges' epochs ended by this tracker", epochsEnded);
    counter(registry, "restored", "Presence records read to restore what is known", restored);
    counter(registry, "failures", "Failures that were tried again", failures);
    Gauge.builder("linnet.presence.users.online", this, counters -> counters.online)
        .description("Users with a session, in this tracker's partitions")
        .register(registry);
    Gauge.builder("linnet.presence.users.known", this, counters -> counters.known)
        .description("Users of whom something is known, in this tracker's partitions")
        .register(registry);
    Gauge.builder("linnet.presence.edges.live", this, counters -> counters.liveEdges)
        .description("Edges that live")
        .register(registry);
  }

  private static void counter(
      MeterRegistry registry, String name, String description, LongAdder value) {
    FunctionCounter.builder("linnet.presence." + name, value, LongAdder::sum)
        .description(description)
        .register(registry);
  }
}
