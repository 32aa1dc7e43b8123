package im.linnet.log.tail;

import im.linnet.log.KafkaClients;
import im.linnet.log.KafkaPartitions;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogRecords;
import im.linnet.log.LoopThread;
import im.linnet.log.applied.AppliedOffsets;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tails the log: one thread that owns a consumer without a group, feeds {@link TailState} and runs
 * tasks in between. Construct (no I/O), {@link #start}, {@link #check}, {@link #close}.
 *
 * <p>While Kafka is away it keeps trying, and still runs tasks.
 */
public final class TailReader implements Tail, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TailReader.class);

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final long TASKS_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long BACK_OFF_MILLIS = 500;
  private static final long MEASURE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final KafkaSettings settings;
  private final String clientId;
  private final AppliedOffsets applied;
  private final Duration silence;
  private final TailMeters meters;
  private final TailState state;
  private final TaskQueue tasks;
  private final Map<TopicPartition, StreamPartition> assigned = new HashMap<>();
  private final LoopThread thread;

  private volatile long answeredNanos;
  private volatile Map<StreamPartition, Long> lags = Map.of();
  private @Nullable Consumer<byte[], byte[]> consumer;
  private @Nullable PartitionStarts starts;
  private @Nullable FetchWatch fetchWatch;
  private boolean dirty;
  private long measuredNanos;

  /**
   * @param settings the address of Kafka
   * @param clientId the name of this process in Kafka's logs
   * @param catalogue the partition counts
   * @param applied the applied offsets of the view
   * @param tail bounds
   * @param random makes the key of the hashes; must not be guessable ({@link
   *     java.security.SecureRandom})
   * @param meters its meters
   */
  public TailReader(
      KafkaSettings settings,
      String clientId,
      TopicCatalogue catalogue,
      AppliedOffsets applied,
      TailSettings tail,
      RandomGenerator random,
      TailMeters meters) {
    this.settings = settings;
    this.clientId = clientId;
    this.applied = applied;
    this.meters = meters;
    this.silence = tail.silence();
    this.state = new TailState(catalogue, tail, random, System::nanoTime, meters);
    this.tasks = new TaskQueue(meters);
    this.thread = new LoopThread(clientId + "-tail", this::run);
  }

  /** Connects and begins to tail; returns at once. */
  public void start() {
    Map<String, String> client = new HashMap<>(settings.client());
    // A new partition must wait for the fetch under way, so that one is short.
    client.putIfAbsent("fetch.max.wait.ms", "100");
    KafkaSettings own = new KafkaSettings(settings.bootstrapServers(), client);
    consumer = KafkaClients.assigningConsumer(own, clientId + "-tail");
    starts =
        new PartitionStarts(
            new StartPoints(settings, clientId + "-tail-start", InstantSource.system()),
            applied,
            this,
            meters,
            this::begun);
    fetchWatch = new FetchWatch(consumer);
    answeredNanos = System.nanoTime();
    thread.wokenBy(consumer::wakeup);
    tasks.wokenBy(consumer::wakeup);
    thread.start();
  }

  /**
   * Whether the tail is alive and hears from Kafka.
   *
   * @throws IllegalStateException with the problem in one line
   */
  public void check() {
    thread
        .check()
        .ifPresent(
            line -> {
              throw new IllegalStateException("the tail's thread has ended: " + line);
            });
    Duration quiet = Duration.ofNanos(System.nanoTime() - answeredNanos);
    if (quiet.compareTo(silence) > 0) {
      throw new IllegalStateException(
          "the tail has not heard from Kafka for " + quiet.toMillis() + " ms");
    }
  }

  /**
   * Empty while it can recognise every second copy of a message; otherwise one line with the
   * reason. Delivery goes on even then. Any thread.
   */
  public Optional<String> checkFilters() {
    return state.filtersOverfull()
        ? Optional.of(
            "the duplicate filters are full: this edge tails more messages a second than it can"
                + " tell copies apart")
        : Optional.empty();
  }

  /**
   * Completes when its thread has ended. Fails if it ended without a request: then nothing is
   * delivered any more, and the process should end.
   */
  public CompletableFuture<Void> stopped() {
    return thread.stopped();
  }

  /**
   * The number of unread records in each tailed partition, up to half a second old. A partition
   * whose end is not known yet is left out. Any thread.
   */
  public Map<StreamPartition, Long> lags() {
    return lags;
  }

  @Override
  public void execute(TailTask task) {
    tasks.add(task);
  }

  /** Stops within some 5 s; tasks that still wait run first. */
  @Override
  public void close() {
    thread.close(CLOSE);
  }

  private void run() {
    Consumer<byte[], byte[]> own = Objects.requireNonNull(consumer);
    try {
      while (!thread.stopping()) {
        step(own);
      }
      tasks.run(state, Long.MAX_VALUE);
    } catch (InterruptException e) {
      LOG.warn("the tail was interrupted", e);
    } finally {
      state.close();
      if (starts != null) {
        starts.close();
      }
      KafkaClients.closeAtOnce(own);
    }
  }

  /** One round. A failure of Kafka is counted, logged and tried again. */
  private void step(Consumer<byte[], byte[]> own) {
    try {
      boolean worked = tasks.run(state, TASKS_NANOS);
      tend(own);
      if (assigned.isEmpty()) {
        awaitTask(20);
      } else {
        read(own, worked);
      }
    } catch (WakeupException e) {
      // A task waits.
      LOG.trace("woken");
    } catch (OffsetOutOfRangeException e) {
      e.partitions().forEach(this::restart);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      meters.failures.increment();
      LOG.warn("the tail goes on trying: {}", e.toString());
      awaitTask(BACK_OFF_MILLIS);
    }
  }

  private void awaitTask(long millis) {
    try {
      tasks.awaitOne(state, millis);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /**
   * Begins wanted partitions, drops those that nobody needs, and assigns the rest to the consumer.
   */
  private void tend(Consumer<byte[], byte[]> own) {
    long now = System.nanoTime();
    if (now - measuredNanos > MEASURE_NANOS) {
      measuredNanos = now;
      dirty |= state.expire();
      lags = measuredLags(own);
      if (fetchWatch != null && fetchWatch.beats()) {
        answeredNanos = now;
      }
    }
    if (starts != null) {
      starts.tend(state, now);
    }
    if (dirty) {
      assign(own);
      dirty = false;
    }
  }

  /** The lags that the consumer knows already. Needs no request. */
  private Map<StreamPartition, Long> measuredLags(Consumer<byte[], byte[]> own) {
    Map<StreamPartition, Long> measured = new HashMap<>();
    assigned.forEach(
        (id, partition) ->
            own.currentLag(id).ifPresent(records -> measured.put(partition, records)));
    return Map.copyOf(measured);
  }

  private void begun() {
    answeredNanos = System.nanoTime();
    dirty = true;
  }

  private void assign(Consumer<byte[], byte[]> own) {
    Map<TopicPartition, StreamPartition> wanted = new HashMap<>();
    for (StreamPartition partition : state.reading()) {
      wanted.put(KafkaPartitions.of(partition), partition);
    }
    own.assign(wanted.keySet());
    assigned.keySet().retainAll(wanted.keySet());
    wanted.forEach(
        (id, partition) -> {
          if (assigned.put(id, partition) == null) {
            own.seek(id, state.readFrom(partition));
          }
        });
  }

  private void read(Consumer<byte[], byte[]> own, boolean worked) {
    ConsumerRecords<byte[], byte[]> records = poll(own, worked);
    for (TopicPartition id : records.partitions()) {
      StreamPartition partition = assigned.get(id);
      if (partition != null) {
        for (ConsumerRecord<byte[], byte[]> record : records.records(id)) {
          state.ingest(partition, LogRecords.of(record));
        }
      }
    }
    records
        .nextOffsets()
        .forEach(
            (id, next) -> {
              StreamPartition partition = assigned.get(id);
              if (partition != null) {
                state.advance(partition, next.offset());
              }
            });
  }

  /**
   * Polls, and waits only if no task waits. After a round that ran tasks it does not wait at all
   * and cannot be woken, so that a stream of tasks does not keep records from coming.
   */
  private ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> own, boolean worked) {
    if (worked) {
      return own.poll(Duration.ZERO);
    }
    return tasks.whileSleeping(
        () -> own.poll(tasks.isEmpty() && !thread.stopping() ? POLL : Duration.ZERO));
  }

  private void restart(TopicPartition id) {
    StreamPartition partition = assigned.remove(id);
    if (partition != null) {
      LOG.error(
          "{}: offset {} is not in the log any more; its tail begins anew and its sessions are"
              + " closed",
          id,
          state.readFrom(partition));
      state.restart(partition);
      dirty = true;
    }
  }
}
