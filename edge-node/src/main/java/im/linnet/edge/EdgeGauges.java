package im.linnet.edge;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.publish.SessionAnnouncer;
import im.linnet.edge.session.Departures;
import im.linnet.edge.session.LocalSessions;
import im.linnet.edge.transport.SocketAdmission;
import im.linnet.log.applied.KafkaAppliedOffsets;
import im.linnet.schemas.Topic;
import java.util.concurrent.ThreadPoolExecutor;

/** What the parts of an edge are asked for at each scrape. */
final class EdgeGauges {
  private final EdgeMetrics metrics;

  EdgeGauges(EdgeMetrics metrics) {
    this.metrics = metrics;
  }

  EdgeGauges show(EdgeLog log) {
    metrics.gauge(
        "clock.skew.seconds",
        "How far the broker's clock is ahead of this one, at least",
        () -> log.publisher().clockSkew().toMillis() / 1_000.0);
    metrics.gauge("publishing", "Records that wait for Kafka", log.publisher()::inFlight);
    metrics.skipped(Topic.APPLIED, log.applied(), KafkaAppliedOffsets::skipped);
    return this;
  }

  EdgeGauges show(SocketAdmission admission) {
    metrics.gauge("connections", "Open sockets of both listeners", admission::open);
    metrics.gauge("connections.most", "The bound of the open sockets", admission::most);
    metrics.count(
        "connections.refused", "Connections above the bound", admission, SocketAdmission::refused);
    return this;
  }

  EdgeGauges show(LocalSessions sessions, SessionAnnouncer announcer, Departures departures) {
    metrics.gauge("sessions", "Authenticated sessions", sessions::size);
    metrics.gauge(
        "announcing",
        "Session records that are not durable yet",
        () -> announcer.pending() + departures.waiting());
    return this;
  }

  EdgeGauges show(ThreadPoolExecutor reads) {
    metrics.gauge("reads.waiting", "Store ops that wait", () -> reads.getQueue().size());
    return this;
  }
}
