package im.linnet.presence;

import im.linnet.log.KafkaSettings;
import im.linnet.log.LogEnds;
import im.linnet.log.LogPartition;
import im.linnet.log.follow.FollowFrom;
import im.linnet.log.follow.TopicFollower;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.PresenceState;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Feeds the store's mirror from {@code im.presence.v1}. A state goes to the store once it is
 * committed, with its offset. Older states of a new partition come from the restore, later ones
 * from the followed log. Safe on any thread.
 */
final class StoreFeed implements AutoCloseable {
  private final StoreMirror mirror;
  private final PresenceMeters meters;
  private final TopicFollower follower;
  private final Set<Integer> owned = ConcurrentHashMap.newKeySet();

  StoreFeed(
      KafkaSettings kafka,
      LogEnds ends,
      PresenceConfig config,
      StoreMirror mirror,
      PresenceMeters meters) {
    this.mirror = mirror;
    this.meters = meters;
    follower =
        new TopicFollower(
            kafka,
            ends,
            "presence-store-" + config.instance(),
            LogPartition.all(Topic.PRESENCE, config.catalogue().users()),
            new FollowFrom.Latest(),
            this::take);
  }

  /** Begins at the log's end; the tracker must not publish before the future completes. */
  CompletableFuture<Void> start() {
    follower.start();
    return follower.caughtUp();
  }

  /** Begins to write these partitions. Called before they are restored. */
  void own(Collection<Integer> partitions) {
    owned.addAll(partitions);
  }

  /**
   * Stops writing these partitions: another tracker has them. Waiting states are still written;
   * their guard keeps an older state from replacing a newer one.
   */
  void disown(Collection<Integer> partitions) {
    owned.removeAll(partitions);
  }

  void restored(PresenceState state, long offset) {
    mirror.offer(UserPresence.entry(state, offset));
  }

  void edges(List<String> addresses) {
    mirror.offerEdges(addresses);
  }

  private void take(LogRecord record) throws MalformedEventException {
    if (!owned.contains(record.partition())) {
      return;
    }
    try {
      mirror.offer(UserPresence.entry(PresenceRecords.state(record), record.offset()));
    } catch (MalformedEventException e) {
      meters.malformed.increment();
      throw e;
    }
  }

  /** The offset below which every committed record of a partition has been taken. */
  long position(int partition) {
    return follower.position(new LogPartition(Topic.PRESENCE, partition));
  }

  Optional<String> check() {
    return follower.check();
  }

  @Override
  public void close() {
    follower.close();
  }
}
