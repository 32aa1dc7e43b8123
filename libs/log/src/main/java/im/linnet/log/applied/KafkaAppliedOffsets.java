package im.linnet.log.applied;

import im.linnet.log.KafkaSettings;
import im.linnet.log.LogEnds;
import im.linnet.log.LogPartition;
import im.linnet.log.follow.FollowFrom;
import im.linnet.log.follow.OffsetWaiters;
import im.linnet.log.follow.TopicFollower;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.Applied;
import im.linnet.schemas.event.AppliedCodec;
import im.linnet.schemas.event.MalformedEventException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Follows the applied offsets of a view in {@code im.applied.v1} from now on. The view itself gives
 * the first offsets, and a persister announces all of its offsets once a second. The highest
 * announced offset of each partition counts. Each store time is handed on before its offsets count.
 * None may be left out, since every persister announces the time of its own last write.
 * Announcements of other views are passed over. Safe on any thread; futures complete on the
 * follower's thread or the JDK's timer thread.
 */
public final class KafkaAppliedOffsets implements AppliedOffsets, AutoCloseable {
  /** More than the most sessions of an edge; each has one wait. */
  private static final int MAX_WAITERS = 100_000;

  private final String view;
  private final OffsetWaiters<StreamPartition> offsets = new OffsetWaiters<>(0, MAX_WAITERS);
  private final TopicFollower follower;
  private final Consumer<String> storeTimes;
  private volatile long heardNanos = System.nanoTime();

  /**
   * @param ends a {@link im.linnet.log.topics.LogOffsets}; it must stay open while this follower
   *     lives
   * @param view the id of the view
   * @param start the offsets that the view itself gave; a missing partition has 0
   * @param storeTimes takes each announced causal time of the view's store; called on the
   *     follower's thread, must not block
   */
  public KafkaAppliedOffsets(
      KafkaSettings settings,
      LogEnds ends,
      String view,
      Map<StreamPartition, Long> start,
      Consumer<String> storeTimes) {
    this.view = view;
    this.storeTimes = storeTimes;
    start.forEach(offsets::raise);
    this.follower =
        new TopicFollower(
            settings,
            ends,
            "applied",
            List.of(new LogPartition(Topic.APPLIED, 0)),
            new FollowFrom.Latest(),
            this::take);
  }

  /** Begins to follow. */
  public void start() {
    follower.start();
  }

  @Override
  public long applied(StreamPartition partition) {
    return offsets.next(partition);
  }

  @Override
  public String view() {
    return view;
  }

  @Override
  public CompletableFuture<Void> await(StreamPartition partition, long offset, Duration timeout) {
    return offsets.await(partition, offset, timeout);
  }

  /**
   * How long no persister has announced anything of this view. Each of them does so every second,
   * so a longer silence means that none runs, or that Kafka is away.
   */
  public Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heardNanos);
  }

  /** The number of unreadable announcements that were passed over. */
  public long skipped() {
    return follower.skipped();
  }

  /** Empty while it follows; otherwise one line with the reason. */
  public Optional<String> check() {
    return follower.check();
  }

  @Override
  public void close() {
    follower.close();
    offsets.close();
  }

  private void take(LogRecord record) throws MalformedEventException {
    byte[] value = record.value();
    if (value == null) {
      return;
    }
    Applied applied = AppliedCodec.decode(value);
    if (!applied.view().equals(view)) {
      return;
    }
    heardNanos = System.nanoTime();
    // The time comes first: a waiter that an offset wakes must read the store at that time or
    // later.
    String time = applied.storeTime();
    if (time != null) {
      storeTimes.accept(time);
    }
    applied.offsets().forEach(offsets::raise);
  }
}
