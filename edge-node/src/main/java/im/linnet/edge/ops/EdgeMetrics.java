package im.linnet.edge.ops;

import im.linnet.edge.auth.AuthFailure;
import im.linnet.log.LatencyBuckets;
import im.linnet.schemas.frame.CloseCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The edge's counters and times, named {@code linnet_edge_*}. Every label has a fixed set of
 * values, so that no client can add a series. Safe on any thread.
 */
public final class EdgeMetrics {
  private final MeterRegistry registry;
  private final Counter framesIn;
  private final Counter framesOut;
  private final Counter bytesIn;
  private final Counter bytesOut;
  private final Counter storeRejections;
  private final Counter lost;
  private final Timer push;
  private final Timer loopDelay;
  private final Map<CloseCode, Counter> closes = new EnumMap<>(CloseCode.class);
  private final Map<AuthFailure, Counter> authFailures = new EnumMap<>(AuthFailure.class);

  /** Registers every meter, so that each is there from the first scrape. */
  public EdgeMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.framesIn = counter("frames.in", "Frames from clients");
    this.framesOut = counter("frames.out", "Frames to clients");
    this.bytesIn = counter("bytes.in", "Bytes from clients");
    this.bytesOut = counter("bytes.out", "Bytes to clients");
    this.storeRejections = counter("store.rejections", "Store ops that found the queue full");
    this.lost = counter("connections.lost", "Client connections that died without a goodbye");
    this.push = timer("push", "From the broker's time of a record to the write of its push");
    this.loopDelay = timer("event.loop.delay", "How late the event loops run what is due");
    for (CloseCode code : CloseCode.values()) {
      closes.put(code, tagged("closes", "Sessions closed by the server", "code", code.word()));
    }
    for (AuthFailure why : AuthFailure.values()) {
      authFailures.put(
          why, tagged("auth.failures", "Clients that were not let in", "reason", why.word()));
    }
  }

  static Timer.Builder timing(String name, String description) {
    return Timer.builder("linnet.edge." + name)
        .description(description)
        .serviceLevelObjectives(LatencyBuckets.bounds());
  }

  /** A counter that shows from here on. */
  public Counter counter(String name, String description) {
    return Counter.builder("linnet.edge." + name).description(description).register(registry);
  }

  private Counter tagged(String name, String description, String tag, String value) {
    return Counter.builder("linnet.edge." + name)
        .description(description)
        .tag(tag, value)
        .register(registry);
  }

  /** Adds a gauge; the value is asked at each scrape. */
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder("linnet.edge." + name, value).description(description).register(registry);
  }

  /** Adds a count of that source. It must never fall; it is asked at each scrape. */
  public <T> void count(String name, String description, T source, ToDoubleFunction<T> value) {
    FunctionCounter.builder("linnet.edge." + name, source, value)
        .description(description)
        .register(registry);
  }

  /** Adds the count of records of a topic that its follower has skipped. */
  public <T> void skipped(String topic, T source, ToDoubleFunction<T> value) {
    FunctionCounter.builder("linnet.edge.skipped.records", source, value)
        .description("Records that were passed over because they cannot be used")
        .tag("topic", topic)
        .register(registry);
  }

  /** Counts the pushes of that kind to live sessions. */
  public Counter pushes(String kind) {
    return tagged("pushes", "Pushes to sessions that are live", "kind", kind);
  }

  /** A timer that shows from here on, with the buckets that all latencies have. */
  public Timer timer(String name, String description) {
    return timing(name, description).register(registry);
  }

  /** Counts bytes from a client. */
  public void bytesReceived(int bytes) {
    bytesIn.increment(bytes);
  }

  /** Counts a frame from a client. */
  public void frameReceived() {
    framesIn.increment();
  }

  /** Counts the frames and bytes of one write to a client. */
  public void sent(int frames, int bytes) {
    framesOut.increment(frames);
    bytesOut.increment(bytes);
  }

  /** Counts a session that the server closed. */
  public void closed(CloseCode code) {
    count(closes.get(code));
  }

  /** The meters of an op, shown from now on. The name must never come from a client. */
  public OpMeters op(String name) {
    return new OpMeters(registry, name);
  }

  /**
   * Records the time from the broker's append of a record to the write of its push, in ms; the two
   * clocks may differ.
   */
  public void written(long millis) {
    push.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
  }

  /** An event loop ran something so many ns late. */
  public void loopLate(long nanos) {
    loopDelay.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Counts a failed authentication. */
  public void authFailed(AuthFailure why) {
    count(authFailures.get(why));
  }

  /** Counts a store operation that a full pool rejected. */
  public void storeRejected() {
    storeRejections.increment();
  }

  /** Counts a client's socket that ended without a close frame or by a reset. */
  public void connectionLost() {
    lost.increment();
  }

  private static void count(@Nullable Counter counter) {
    if (counter != null) {
      counter.increment();
    }
  }
}
