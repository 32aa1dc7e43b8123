package im.linnet.edge;

import im.linnet.edge.delivery.SignalFeed;
import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.publish.SignalPublisher;
import im.linnet.edge.session.LocalSessions;
import im.linnet.log.follow.FollowFrom;
import im.linnet.log.follow.TopicFollower;
import im.linnet.schemas.Topic;
import io.micrometer.core.instrument.Counter;
import java.util.Optional;
import java.util.function.Supplier;

/** The signals of an edge: it publishes those of its sessions, and reads all from now on. */
final class EdgeSignals {
  private final SignalPublisher publisher;
  private final TopicFollower follower;

  /**
   * Begins to read. Blocks, bounded.
   *
   * @param topics pushes to the members of topics
   * @param ids draws the records' ids
   */
  EdgeSignals(
      EdgeLog log,
      LocalSessions sessions,
      SignalFeed.Topics topics,
      Supplier<String> ids,
      EdgeMetrics metrics) {
    Counter pushes = metrics.pushes("typing");
    SignalFeed feed = new SignalFeed(log.catalogue(), sessions::live, topics, pushes::increment);
    follower =
        log.follow(Topic.SIGNAL, log.catalogue().users(), new FollowFrom.Latest(), feed::take);
    EdgeLog.awaitCaughtUp(follower, Topic.SIGNAL);
    publisher = new SignalPublisher(log.signals(), ids);
    metrics.skipped(Topic.SIGNAL, follower, TopicFollower::skipped);
  }

  SignalPublisher publisher() {
    return publisher;
  }

  /** Empty while signals are read; otherwise the reason. */
  Optional<String> check() {
    return follower.check();
  }
}
