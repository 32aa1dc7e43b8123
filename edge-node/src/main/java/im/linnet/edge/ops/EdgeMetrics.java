package im.linnet.edge.ops;

import im.linnet.schemas.frame.CloseCode;
import im.linnet.schemas.frame.ReplyCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The edge's counters, named {@code linnet_edge_*}. Safe on any thread. */
public final class EdgeMetrics {
  /** What became of a record that the edge published. */
  public enum PublishOutcome {
    ACKED,
    OVERLOADED,
    TIMEOUT,
    STALE,
    FATAL
  }

  private final MeterRegistry registry;
  private final Counter framesIn;
  private final Counter framesOut;
  private final Counter bytesIn;
  private final Counter bytesOut;
  private final Counter storeRejections;
  private final Counter lost;
  private final Timer ack;
  private final Map<CloseCode, Counter> closes = new EnumMap<>(CloseCode.class);
  private final Map<ReplyCode, Counter> replies = new EnumMap<>(ReplyCode.class);
  private final Map<PublishOutcome, Counter> publishes = new EnumMap<>(PublishOutcome.class);

  /** Registers every meter, so that each is there from the first scrape. */
  public EdgeMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.framesIn = counter("frames.in", "Frames from clients");
    this.framesOut = counter("frames.out", "Frames to clients");
    this.bytesIn = counter("bytes.in", "Bytes from clients");
    this.bytesOut = counter("bytes.out", "Bytes to clients");
    this.storeRejections = counter("store.rejections", "Store ops that found the queue full");
    this.lost = counter("connections.lost", "Client connections that died without a goodbye");
    this.ack =
        Timer.builder("linnet.edge.ack")
            .description("From send to Kafka's acknowledgement")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(15))
            .register(registry);
    for (CloseCode code : CloseCode.values()) {
      closes.put(code, tagged("closes", "Sessions closed by the server", "code", code.word()));
    }
    for (ReplyCode code : ReplyCode.values()) {
      replies.put(code, tagged("replies", "Replies to requests", "code", code.word()));
    }
    for (PublishOutcome outcome : PublishOutcome.values()) {
      publishes.put(
          outcome,
          tagged(
              "publishes",
              "Published records",
              "outcome",
              outcome.name().toLowerCase(Locale.ROOT)));
    }
  }

  private Counter counter(String name, String description) {
    return Counter.builder("linnet.edge." + name).description(description).register(registry);
  }

  private Counter tagged(String name, String description, String tag, String value) {
    return Counter.builder("linnet.edge." + name)
        .description(description)
        .tag(tag, value)
        .register(registry);
  }

  /** Shows a number that is asked when it is scraped. */
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder("linnet.edge." + name, value).description(description).register(registry);
  }

  /** Shows a count of that source, which never falls; it is asked when it is scraped. */
  public <T> void count(String name, String description, T source, ToDoubleFunction<T> value) {
    FunctionCounter.builder("linnet.edge." + name, source, value)
        .description(description)
        .register(registry);
  }

  /** Bytes came from a client. */
  public void bytesReceived(int bytes) {
    bytesIn.increment(bytes);
  }

  /** A frame came from a client. */
  public void frameReceived() {
    framesIn.increment();
  }

  /** Frames went to a client in one write. */
  public void sent(int frames, int bytes) {
    framesOut.increment(frames);
    bytesOut.increment(bytes);
  }

  /** The server closed a session. */
  public void closed(CloseCode code) {
    count(closes.get(code));
  }

  /** A request was answered. */
  public void replied(ReplyCode code) {
    count(replies.get(code));
  }

  /** A record's fate is known. */
  public void published(PublishOutcome outcome) {
    count(publishes.get(outcome));
  }

  /** Kafka acknowledged a record after so long. */
  public void acked(long nanos) {
    published(PublishOutcome.ACKED);
    ack.record(Duration.ofNanos(nanos));
  }

  /** A store op found no room. */
  public void storeRejected() {
    storeRejections.increment();
  }

  /** A client's socket died without a goodbye: no close frame, a reset. */
  public void connectionLost() {
    lost.increment();
  }

  private static void count(@Nullable Counter counter) {
    if (counter != null) {
      counter.increment();
    }
  }
}
