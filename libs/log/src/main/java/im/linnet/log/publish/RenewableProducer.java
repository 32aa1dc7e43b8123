package im.linnet.log.publish;

import im.linnet.log.Callbacks;
import im.linnet.log.KafkaClients;
import im.linnet.log.LogUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer that knows its topics before its first use, and is replaced when it is lost. In
 * between, {@link #current()} is null and no record is accepted: a successor begins only after its
 * predecessor was closed and all of its records were answered. So acknowledged records keep their
 * order. A record of the predecessor may still reach the log later; its caller was told that the
 * outcome is unknown.
 *
 * <p>A daemon thread of its own closes and replaces producers. All methods are safe on any thread.
 */
final class RenewableProducer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RenewableProducer.class);
  private static final Duration LOST_CLOSE = Duration.ofSeconds(1);
  private static final Duration RENEW_PAUSE = Duration.ofSeconds(1);
  private static final long WARM_POLL_MS = 10;

  private final Supplier<Producer<byte[], byte[]>> factory;
  private final Collection<String> topics;
  private final Duration warmTimeout;
  private final ScheduledExecutorService executor;

  private @Nullable Producer<byte[], byte[]> held;
  private final AtomicReference<@Nullable Producer<byte[], byte[]>> current =
      new AtomicReference<>();
  private final ProducerMeters meters = new ProducerMeters();
  private volatile boolean closed;
  private volatile String trouble = "not started";

  /**
   * @param topics the topics whose metadata is fetched before a producer is used
   * @param warmTimeout the bound of that time
   */
  RenewableProducer(
      String name,
      Supplier<Producer<byte[], byte[]>> factory,
      Collection<String> topics,
      Duration warmTimeout) {
    this.factory = factory;
    this.topics = topics;
    this.warmTimeout = warmTimeout;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
  }

  /** The producer; null while there is none, and then {@link #check()} has the reason. */
  @Nullable Producer<byte[], byte[]> current() {
    return current.get();
  }

  /** Runs periodic work of the owner on the daemon thread, until the close. */
  void every(Duration period, Runnable work) {
    var unused =
        executor.scheduleWithFixedDelay(
            Callbacks.logged(work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Makes the first producer. Blocks for the warm time-out at most.
   *
   * @throws LogUnavailableException if Kafka does not answer or lacks a topic
   */
  synchronized void start() {
    if (closed || held != null) {
      throw new IllegalStateException("a producer is started once");
    }
    hold(warmed());
  }

  private synchronized void hold(Producer<byte[], byte[]> producer) {
    held = producer;
    current.set(producer);
    meters.of(producer);
    trouble = "";
  }

  /** Shows Kafka's own figures of the producer, and of those that replace it. */
  synchronized void bindTo(MeterRegistry registry) {
    meters.bindTo(registry, held);
  }

  /** Reports that a producer accepts no more records. Never blocks. */
  void lost(Producer<byte[], byte[]> which, String why) {
    // Only the first report renews: a second renewal would close the successor.
    if (closed || !current.compareAndSet(which, null)) {
      return;
    }
    LOG.error("the producer is lost and will be replaced: {}", why);
    trouble = "the producer is being replaced: " + why;
    try {
      executor.execute(this::renew);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed meanwhile");
    }
  }

  /** Empty while records are accepted; otherwise one line with the reason. */
  Optional<String> check() {
    return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
  }

  /** Waits for the records under way, for that time at most. */
  void close(Duration timeout) {
    closed = true;
    trouble = "closed";
    executor.shutdownNow();
    closeHeld(timeout);
  }

  @Override
  public void close() {
    close(Duration.ofMillis(KafkaClients.DELIVERY_TIMEOUT_MS));
  }

  private synchronized void closeHeld(Duration timeout) {
    current.set(null);
    Producer<byte[], byte[]> last = held;
    held = null;
    meters.close();
    if (last != null) {
      last.close(timeout);
    }
  }

  private synchronized void renew() {
    if (closed) {
      return;
    }
    try {
      closeHeld(LOST_CLOSE);
      hold(warmed());
      LOG.info("the producer was replaced");
    } catch (RuntimeException e) {
      trouble = "the producer could not be replaced: " + e.getMessage();
      LOG.warn(trouble);
      if (!closed) {
        var unused = executor.schedule(this::renew, RENEW_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  /** A producer knows nothing of a topic that it never asked for, and never waits for it. */
  private Producer<byte[], byte[]> warmed() {
    Producer<byte[], byte[]> producer = factory.get();
    long deadline = System.nanoTime() + warmTimeout.toNanos();
    try {
      for (String topic : topics) {
        while (!knows(producer, topic)) {
          if (System.nanoTime() - deadline > 0) {
            throw new LogUnavailableException(
                "no metadata of " + topic + " after " + warmTimeout, new TimeoutException());
          }
          TimeUnit.MILLISECONDS.sleep(WARM_POLL_MS);
        }
      }
      return producer;
    } catch (InterruptedException e) {
      producer.close(Duration.ZERO);
      Thread.currentThread().interrupt();
      throw new LogUnavailableException("interrupted while fetching metadata", e);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  private static boolean knows(Producer<byte[], byte[]> producer, String topic) {
    try {
      return !producer.partitionsFor(topic).isEmpty();
    } catch (org.apache.kafka.common.errors.TimeoutException e) {
      return false;
    } catch (KafkaException e) {
      throw new LogUnavailableException(topic + ": " + e.getMessage(), e);
    }
  }
}
