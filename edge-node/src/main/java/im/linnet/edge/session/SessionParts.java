package im.linnet.edge.session;

import im.linnet.edge.auth.TokenVerifier;
import im.linnet.edge.config.SessionSettings;
import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.schemas.frame.RequestDecoder;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The parts that all sessions of an edge share.
 *
 * @param edge the edge's id
 * @param log the id of the log
 * @param bounds the bounds of one session
 * @param decoder reads frames
 * @param verifier judges tokens
 * @param lifecycle begins and ends sessions
 * @param requests serves them
 * @param disconnector closes connections
 * @param metrics counters
 * @param clock the time of day
 * @param steadyMillis a monotonic clock, independent of changes to the time of day, for silence and
 *     waits
 * @param sessionIds draws ids that are unique for ever
 * @param retryAfterMillis the time after which a client that is sent away shall come back, with
 *     jitter
 * @param readPauseMillis see {@link ReadPace}
 */
public record SessionParts(
    String edge,
    String log,
    SessionSettings bounds,
    RequestDecoder decoder,
    TokenVerifier verifier,
    SessionLifecycle lifecycle,
    SessionRequests.Factory requests,
    Disconnector disconnector,
    EdgeMetrics metrics,
    Clock clock,
    LongSupplier steadyMillis,
    Supplier<String> sessionIds,
    LongSupplier retryAfterMillis,
    LongSupplier readPauseMillis) {

  FrameOutbox.Bounds outboxBounds() {
    return new FrameOutbox.Bounds(bounds.outboxBytes(), bounds.outboxFrames());
  }
}
