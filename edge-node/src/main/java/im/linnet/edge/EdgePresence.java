package im.linnet.edge;

import im.linnet.edge.ops.EdgeBeacon;
import im.linnet.edge.presence.DeviceDirectory;
import im.linnet.edge.presence.FreshDevices;
import im.linnet.edge.presence.PresenceBoard;
import im.linnet.edge.presence.PresenceWatchers;
import im.linnet.edge.presence.SessionFeed;
import im.linnet.edge.session.LocalSessions;
import im.linnet.log.TopicFollower;
import im.linnet.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the edge knows of users and edges, followed in three topics. */
final class EdgePresence {
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final PresenceWatchers watchers = new PresenceWatchers();
  private final PresenceBoard board;
  private final DeviceDirectory devices;
  private final LocalSessions sessions = new LocalSessions();
  private @Nullable TopicFollower presence;
  private @Nullable TopicFollower opened;
  private @Nullable TopicFollower edges;

  EdgePresence(Clock clock) {
    this.board = new PresenceBoard(this::changed);
    this.devices = new DeviceDirectory(user -> board().of(user).devices(), clock);
  }

  private void changed(String user, PresenceBoard.Shown now, boolean visible) {
    devices.settled(user, now.devices());
    if (visible) {
      watchers.tell(user, now);
    }
  }

  /** Reads everything that is there, then goes on. Blocks, bounded. */
  void start(
      EdgeLog log, String edge, EdgeBeacon beacon, Runnable onNewEpoch, SessionFeed.Delay delay) {
    int users = log.catalogue().users();
    SessionFeed feed = new SessionFeed(edge, sessions, devices, delay);
    TopicFollower presenceFollower = log.follow(Topic.PRESENCE, users, board::fold);
    TopicFollower openedFollower = log.follow(Topic.SESSION, users, feed::take);
    TopicFollower edgesFollower =
        log.follow(
            Topic.EDGE,
            1,
            record -> {
              if (beacon.take(record)) {
                onNewEpoch.run();
              }
            });
    EdgeLog.awaitCaughtUp(presenceFollower, Topic.PRESENCE);
    EdgeLog.awaitCaughtUp(openedFollower, Topic.SESSION);
    EdgeLog.awaitCaughtUp(edgesFollower, Topic.EDGE);
    presence = presenceFollower;
    opened = openedFollower;
    edges = edgesFollower;
  }

  /** Devices by all that the log holds at the moment of the question. */
  FreshDevices freshDevices() {
    TopicFollower follower = opened;
    if (follower == null) {
      throw new IllegalStateException("not started");
    }
    return new FreshDevices(devices, () -> follower.awaitEnd(FRESH));
  }

  /** Nothing while all three topics are read. */
  Optional<String> check() {
    return check(presence).or(() -> check(opened)).or(() -> check(edges));
  }

  private static Optional<String> check(@Nullable TopicFollower follower) {
    return follower == null ? Optional.of("not started") : follower.check();
  }

  boolean hasSeveralDevices(String user) {
    return devices.hasSeveral(user);
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
