package im.linnet.edge.attach;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.schemas.event.InboxEventCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of attaching. Safe on any thread. */
public final class AttachMeters {
  /** The kind of the push that ends a session's backlog. */
  static final String SYNCED = "synced";

  final Counter live;
  final Counter refused;
  final Counter failed;
  final Counter resets;
  final Counter storeRounds;
  final Counter logPasses;
  final Counter backlogFrames;
  final Timer took;
  private final EdgeMetrics metrics;
  private final Map<String, Counter> pushes = new ConcurrentHashMap<>();

  /** Registers all meters except those of {@link AttachSlots}. */
  public AttachMeters(EdgeMetrics metrics) {
    this.metrics = metrics;
    live = metrics.counter("attach.live", "Sessions that came to the tail");
    refused = metrics.counter("attach.refused", "Sessions closed because too many wait");
    failed =
        metrics.counter(
            "attach.failed", "Sessions closed because store, log or client did not keep up");
    resets =
        metrics.counter(
            "attach.resets", "Sessions whose positions were unknown, so that they began anew");
    storeRounds =
        metrics.counter("attach.store.rounds", "Parts of a backlog that were sent from the store");
    logPasses =
        metrics.counter(
            "attach.log.passes",
            "Passes over the log for what neither the store nor the rings have");
    backlogFrames = metrics.counter("attach.backlog.frames", "Frames that were sent before synced");
    took = metrics.timer("attach", "From a session's begin to its synced");
    InboxEventCodec.types().forEach(this::pushes);
    pushes(SYNCED);
  }

  /**
   * Counts a push to that many live sessions: a record of that type, or {@link #SYNCED}. The types
   * of the log are a fixed set, so no client can add a series.
   */
  void pushed(String kind, int sessions) {
    pushes(kind).increment(sessions);
  }

  private Counter pushes(String kind) {
    Counter counter = pushes.get(kind);
    return counter == null ? pushes.computeIfAbsent(kind, metrics::pushes) : counter;
  }

  /** Shows the number of sessions that attach, and of those that wait. */
  void show(AttachSlots slots) {
    metrics.gauge("attaching", "Sessions that attach now", slots::inside);
    metrics.gauge("attach.waiting", "Sessions that wait to attach", slots::waiting);
  }
}
