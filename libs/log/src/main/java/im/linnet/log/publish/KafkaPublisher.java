package im.linnet.log.publish;

import im.linnet.log.KafkaClients;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.publish.PublishException.Reason;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.TopicCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes with one idempotent producer, acks=all. {@link #publish} may be called on any thread
 * and never waits: if the producer's buffer is full or no broker answers, it fails at once. Futures
 * complete on Kafka's thread, so their callbacks must not block.
 *
 * <p>Guarantee: records of one partition are appended in the order of the calls. If a future
 * completes with an {@link Appended}, there is one copy of its record. If it fails with {@link
 * Reason#TIMEOUT}, there may be one copy, and it may stand after records that were published later.
 *
 * <p>Every future completes, even if Kafka's thread has died: a record without an answer is given
 * up after a while.
 */
public final class KafkaPublisher implements Publisher, MeterBinder {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);

  private static final int SIGNALS_UNDER_WAY = 10_000;
  private static final Duration WARM_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration SKEW_WINDOW = Duration.ofSeconds(20);
  private static final Duration TROUBLE_SHOWS = Duration.ofSeconds(10);

  /** Kafka gives up every record before that, unless its thread has died. */
  private static final Duration NO_ANSWER =
      Duration.ofMillis(KafkaClients.DELIVERY_TIMEOUT_MS + 5_000L);

  private final TopicShapes shapes;
  private final Clock clock;
  private final RenewableProducer producers;
  private final UnderWay underWay;
  private final CloudEventHeaders headers = new CloudEventHeaders();
  private final ClockSkew skew = new ClockSkew(SKEW_WINDOW);
  private final Publication.Outcome outcome = new Outcome();
  private volatile @Nullable Failure newestFailure;

  private record Failure(long nanos, String line) {}

  /**
   * A publisher without a bound except the producer's buffer.
   *
   * @param clientId the name that brokers see
   * @param clock for {@code ce_time}
   */
  public KafkaPublisher(
      KafkaSettings settings, TopicCatalogue catalogue, String clientId, Clock clock) {
    this(settings, catalogue, clientId, clock, Integer.MAX_VALUE, PublishListener.NONE);
  }

  /**
   * @param clientId the name that brokers see
   * @param clock for {@code ce_time}
   * @param most the most records under way; one more fails as overloaded
   */
  public KafkaPublisher(
      KafkaSettings settings,
      TopicCatalogue catalogue,
      String clientId,
      Clock clock,
      int most,
      PublishListener listener) {
    this(
        () -> KafkaClients.producer(settings, clientId),
        catalogue,
        clientId,
        clock,
        most,
        listener);
  }

  /**
   * A publisher of records that may be lost: the leader alone acknowledges them, and none is tried
   * again. {@link #SIGNALS_UNDER_WAY} may be under way.
   *
   * @param clientId the name that brokers see
   * @param clock for {@code ce_time}
   */
  public static KafkaPublisher leaderAcked(
      KafkaSettings settings, TopicCatalogue catalogue, String clientId, Clock clock) {
    return new KafkaPublisher(
        () -> KafkaClients.signalProducer(settings, clientId),
        catalogue,
        clientId,
        clock,
        SIGNALS_UNDER_WAY,
        PublishListener.NONE);
  }

  KafkaPublisher(
      Supplier<Producer<byte[], byte[]>> factory,
      TopicCatalogue catalogue,
      String clientId,
      Clock clock,
      int most,
      PublishListener listener) {
    this.shapes = new TopicShapes(catalogue);
    this.clock = clock;
    this.underWay = new UnderWay(most, listener);
    this.producers =
        new RenewableProducer(
            "linnet-publisher-" + clientId, factory, shapes.topics(), WARM_TIMEOUT);
  }

  /**
   * Connects and finds all partitions. Blocks for some 15 s at most.
   *
   * @throws LogUnavailableException if Kafka does not answer or a topic is missing
   */
  public void start() {
    producers.start();
    producers.every(Duration.ofSeconds(1), this::watch);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the topic is not in the catalogue
   */
  @Override
  public CompletableFuture<Appended> publish(OutgoingRecord record) {
    return publish(record, true);
  }

  /**
   * A publisher to the same log without the bound. Neither the bound nor the listener counts its
   * records. Closing it does nothing.
   */
  public Publisher unbounded() {
    return new Publisher() {
      @Override
      public CompletableFuture<Appended> publish(OutgoingRecord record) {
        return KafkaPublisher.this.publish(record, false);
      }

      @Override
      public int partition(String topic, String key) {
        return KafkaPublisher.this.partition(topic, key);
      }

      @Override
      public void close() {}
    };
  }

  private CompletableFuture<Appended> publish(OutgoingRecord record, boolean counted) {
    byte[] key = TopicShapes.keyBytes(record.key());
    long now = clock.millis();
    return send(
        record.topic(),
        shapes.of(record.topic()).partition(key),
        key,
        record.value(),
        headers.of(record, now),
        now,
        counted);
  }

  @Override
  public int partition(String topic, String key) {
    return shapes.of(topic).partition(TopicShapes.keyBytes(key));
  }

  /**
   * Publishes bytes to a chosen partition, under the terms of {@link #publish}.
   *
   * @param counted whether the bound and the listener count it
   */
  CompletableFuture<Appended> send(
      String topic,
      int partition,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers recordHeaders,
      long now,
      boolean counted) {
    boolean brokerTime = shapes.of(topic).brokerTime();
    Producer<byte[], byte[]> producer = producers.current();
    if (producer == null) {
      return refused(producers.check().orElse("no producer"), counted);
    }
    if (counted && !underWay.enter()) {
      return refused(underWay.most() + " records are under way", true);
    }
    Publication publication = new Publication(outcome, producer, now, brokerTime, counted);
    underWay.add(publication);
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(topic, partition, now, key, value, recordHeaders), publication);
      publication.taken();
    } catch (RuntimeException e) {
      publication.refused(e);
    }
    return publication.future();
  }

  private CompletableFuture<Appended> refused(String why, boolean counted) {
    if (counted) {
      underWay.refused();
    }
    return CompletableFuture.failedFuture(new PublishException(Reason.OVERLOADED, why));
  }

  /** The number of records under way that the bound counts. */
  public int inFlight() {
    return underWay.count();
  }

  long now() {
    return clock.millis();
  }

  /**
   * Leaves out those of Kafka's own figures that an operator does not need. It belongs into the
   * registry of {@link #bindTo} before anything is registered there.
   */
  public static MeterFilter meterFilter() {
    return ProducerMeters.FILTER;
  }

  /**
   * Shows Kafka's own figures of its producer in a registry, as {@code kafka_producer_*}. Call it
   * once.
   */
  @Override
  public void bindTo(MeterRegistry registry) {
    producers.bindTo(registry);
  }

  /**
   * The least time by which the broker's clock is ahead of ours, by the acks of the last 20 s. It
   * is negative if that clock is late, and zero if the acks do not prove a difference. Time in a
   * queue never counts.
   */
  public Duration clockSkew() {
    return Duration.ofMillis(skew.estimateMillis(clock.millis()));
  }

  /**
   * Empty while records are accepted and acknowledged; otherwise one line with the reason. A failed
   * record shows until the next one succeeds, for 10 s at most.
   */
  public Optional<String> check() {
    Optional<String> lost = producers.check();
    Failure failure = newestFailure;
    if (lost.isPresent()
        || failure == null
        || System.nanoTime() - failure.nanos() > TROUBLE_SHOWS.toNanos()) {
      return lost;
    }
    return Optional.of("the newest record was not acknowledged: " + failure.line());
  }

  @Override
  public void close() {
    close(Duration.ofMillis(KafkaClients.DELIVERY_TIMEOUT_MS));
  }

  /**
   * Waits for the records under way, for that time at most. The others fail. Every future
   * completes.
   */
  public void close(Duration timeout) {
    producers.close(timeout);
    underWay.abandonAll("the publisher was closed");
  }

  private void watch() {
    int abandoned = underWay.abandonOlderThan(NO_ANSWER, System.nanoTime());
    Producer<byte[], byte[]> producer = producers.current();
    if (abandoned > 0 && producer != null) {
      producers.lost(producer, abandoned + " records without an answer for " + NO_ANSWER);
    }
  }

  private final class Outcome implements Publication.Outcome {
    @Override
    public boolean acknowledged(Publication publication, RecordMetadata metadata) {
      underWay.trim();
      if (newestFailure != null) {
        newestFailure = null;
      }
      if (!publication.brokerTime()) {
        return true;
      }
      long published = publication.publishedMillis();
      skew.sample(published, metadata.timestamp(), clock.millis());
      return !EventTime.isStale(published, metadata.timestamp());
    }

    @Override
    public void failed(
        Publication publication, PublishFailures.Verdict verdict, Throwable failure) {
      underWay.trim();
      newestFailure = new Failure(System.nanoTime(), verdict.reason() + ": " + failure);
      LOG.debug("not published: {} {}", verdict.reason(), failure.toString());
      if (verdict.producerIsLost()) {
        producers.lost(publication.producer(), failure.toString());
      }
    }

    @Override
    public void ended(Publication publication, @Nullable Reason reason) {
      underWay.ended(publication, reason);
    }
  }
}
