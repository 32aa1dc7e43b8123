package im.linnet.edge;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.presence.DeviceDirectory;
import im.linnet.edge.presence.FreshDevices;
import im.linnet.edge.presence.LookUps;
import im.linnet.edge.presence.PresenceBoard;
import im.linnet.edge.presence.PresenceWatchers;
import im.linnet.edge.presence.SessionFeed;
import im.linnet.edge.session.Delay;
import im.linnet.edge.session.LocalSessions;
import im.linnet.log.LogPartition;
import im.linnet.log.follow.FollowFrom;
import im.linnet.log.follow.TopicFollower;
import im.linnet.schemas.Topic;
import io.micrometer.core.instrument.Counter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The edge's knowledge of users and edges, followed in three topics. It keeps the users that its
 * sessions and watchers need, and a bounded number of others. All others are read from the log on
 * demand.
 */
final class EdgePresence {
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final PresenceWatchers watchers;
  private final PresenceBoard board;
  private final DeviceDirectory devices;
  private final LocalSessions sessions = new LocalSessions();
  private final Counter sessionRecords;
  private @Nullable TopicFollower presence;
  private @Nullable TopicFollower opened;
  private @Nullable EpochWatch epochs;
  private @Nullable LookUps lookUps;

  EdgePresence(Clock clock, int spareUsers, EdgeMetrics metrics) {
    this.watchers = new PresenceWatchers(metrics.pushes("presence"));
    this.sessionRecords =
        metrics.counter("session.records.read", "Records of im.session.v1 that were read");
    this.devices = new DeviceDirectory(clock, spareUsers);
    this.board = new PresenceBoard(devices, watchers::tell);
  }

  /**
   * Reads the topics to their ends, takes the edge's epoch, then follows the topics. Blocks,
   * bounded.
   *
   * @throws EdgeIdTakenException if another process lives under this edge's id
   */
  void start(EdgeLog log, String edge, EpochWatch watch, Delay delay, Closers closers) {
    int users = log.catalogue().users();
    epochs = watch;
    watch.start(log);
    SessionFeed feed = new SessionFeed(edge, sessions, devices, delay);
    // The state of all committed offsets is in im.presence.v1 already, so the offsets are read
    // first.
    FollowFrom committed =
        new FollowFrom.Offsets(
            log.offsets().ofGroup(Topic.PRESENCE_GROUP, LogPartition.all(Topic.SESSION, users)));
    TopicFollower presenceFollower =
        log.follow(Topic.PRESENCE, users, new FollowFrom.Earliest(), board::fold);
    TopicFollower openedFollower =
        log.follow(
            Topic.SESSION,
            users,
            committed,
            record -> {
              sessionRecords.increment();
              feed.take(record);
            });
    EdgeLog.awaitCaughtUp(presenceFollower, Topic.PRESENCE);
    EdgeLog.awaitCaughtUp(openedFollower, Topic.SESSION);
    presence = presenceFollower;
    opened = openedFollower;
    ThreadPoolExecutor worker = Workers.pool("linnet-edge-users", 1, 1);
    closers.add("user look-ups", worker::shutdownNow);
    lookUps =
        new LookUps(
            devices,
            user -> log.publisher().partition(Topic.SESSION, user),
            partitions -> read(log, feed, partitions),
            worker);
    watch.begin();
  }

  /** A pass over user partitions, in the same order as at the start and for the same reason. */
  private void read(EdgeLog log, SessionFeed feed, Set<Integer> partitions) {
    List<LogPartition> sessionPartitions = of(Topic.SESSION, partitions);
    FollowFrom committed =
        new FollowFrom.Offsets(log.offsets().ofGroup(Topic.PRESENCE_GROUP, sessionPartitions));
    log.readOnce(of(Topic.PRESENCE, partitions), new FollowFrom.Earliest(), board::foldAgain);
    log.readOnce(sessionPartitions, committed, feed::learnAgain);
  }

  private static List<LogPartition> of(String topic, Set<Integer> partitions) {
    return partitions.stream().map(each -> new LogPartition(topic, each)).toList();
  }

  /** Shows the number of skipped, unusable records of each topic. */
  void show(EdgeMetrics metrics) {
    show(metrics, Topic.PRESENCE, presence);
    show(metrics, Topic.SESSION, opened);
    metrics.gauge("users.kept", "Users whose presence and devices are kept", devices::size);
    metrics.count(
        "user.passes",
        "Passes over presence for users who were not kept",
        lookUps(),
        LookUps::passes);
    metrics.skipped(Topic.EDGE, this, each -> each.epochs == null ? 0 : each.epochs.skipped());
  }

  private static void show(EdgeMetrics metrics, String topic, @Nullable TopicFollower follower) {
    if (follower != null) {
      metrics.skipped(topic, follower, TopicFollower::skipped);
    }
  }

  /**
   * Answers questions about devices from all records that the log holds at the moment of the
   * question.
   */
  FreshDevices freshDevices() {
    TopicFollower follower = opened;
    if (follower == null) {
      throw new IllegalStateException("not started");
    }
    return new FreshDevices(devices, lookUps(), () -> follower.awaitEnd(FRESH));
  }

  /** Empty while all three topics are read; otherwise the reason. */
  Optional<String> check() {
    EpochWatch watch = epochs;
    return check(presence)
        .or(() -> check(opened))
        .or(() -> watch == null ? Optional.of("not started") : watch.check());
  }

  private static Optional<String> check(@Nullable TopicFollower follower) {
    return follower == null ? Optional.of("not started") : follower.check();
  }

  boolean hasSeveralDevices(String user) {
    return devices.hasSeveral(user);
  }

  LookUps lookUps() {
    LookUps reads = lookUps;
    if (reads == null) {
      throw new IllegalStateException("not started");
    }
    return reads;
  }

  DeviceDirectory devices() {
    return devices;
  }

  PresenceBoard board() {
    return board;
  }

  PresenceWatchers watchers() {
    return watchers;
  }

  LocalSessions sessions() {
    return sessions;
  }
}
