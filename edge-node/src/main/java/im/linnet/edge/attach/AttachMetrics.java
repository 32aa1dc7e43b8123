package im.linnet.edge.attach;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.session.Attacher;
import im.linnet.edge.session.LiveSession;
import im.linnet.log.Callbacks;
import java.util.concurrent.CompletableFuture;

/** Attaches by another one, shows its counters, and times what became live. */
public final class AttachMetrics implements Attacher {
  private final Attacher attacher;
  private final EdgeMetrics metrics;

  /** Registers the counters. */
  public AttachMetrics(Attacher attacher, AttachCounters counts, EdgeMetrics metrics) {
    this.attacher = attacher;
    this.metrics = metrics;
    metrics.gauge("attaching", "Sessions that attach now", counts::inProgress);
    metrics.gauge("attach.waiting", "Sessions that wait to attach", counts::waiting);
    metrics.count("attach.live", "Sessions that came to the tail", counts, AttachCounters::live);
    metrics.count(
        "attach.refused", "Sessions closed because too many wait", counts, AttachCounters::refused);
    metrics.count(
        "attach.failed",
        "Sessions closed because store, log or client did not keep up",
        counts,
        AttachCounters::failed);
    metrics.count(
        "attach.resets",
        "Sessions whose positions were unknown, so that they began anew",
        counts,
        AttachCounters::resets);
    metrics.count(
        "attach.store.rounds",
        "Stretches of what a session missed, sent from the store",
        counts,
        AttachCounters::storeRounds);
    metrics.count(
        "attach.log.passes",
        "Passes over the log for what neither the store nor the rings have",
        counts,
        AttachCounters::scans);
    metrics.count(
        "attach.backlog.frames",
        "Frames that were sent before synced",
        counts,
        AttachCounters::backlogFrames);
    for (String kind : counts.pushKinds()) {
      metrics.pushes(kind, counts, each -> each.pushes(kind));
    }
  }

  @Override
  public CompletableFuture<Void> attach(LiveSession session, Request request) {
    long began = System.nanoTime();
    CompletableFuture<Void> live = attacher.attach(session, request);
    Callbacks.whenDone(
        live,
        (done, failure) -> {
          if (failure == null) {
            metrics.attached(System.nanoTime() - began);
          }
        });
    return live;
  }

  @Override
  public void detach(LiveSession session) {
    attacher.detach(session);
  }
}
