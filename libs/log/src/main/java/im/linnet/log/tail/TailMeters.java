package im.linnet.log.tail;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The meters of a tail, {@code linnet_edge_tail_*}. Counting allocates nothing. Written by the
 * tail's thread; read by any thread.
 */
public final class TailMeters {
  final Counter read;
  final Counter delivered;
  final Counter stale;
  final Counter malformed;
  final Counter duplicates;
  final Counter evicted;
  final Counter restarts;
  final Counter failures;
  final Counter broken;
  final Counter forgottenEarly;
  final AtomicLong filterBytes;
  final AtomicLong ringBytes;
  final AtomicLong partitions;

  private final MeterRegistry registry;

  /** Registers all of them, so that each is there from the first scrape. */
  public TailMeters(MeterRegistry registry) {
    this.registry = registry;
    this.read = counter("records", "Records that came from the log");
    this.delivered = counter("delivered", "Records that had a local recipient");
    this.stale = counter("stale", "Records that came too late to count");
    this.malformed = counter("malformed", "Records for somebody here that cannot be read");
    this.duplicates = counter("duplicates", "Messages that stood in the log already");
    this.evicted = counter("evicted", "Records that left a ring because the rings were full");
    this.restarts =
        counter("restarts", "Partitions that began anew, their place being gone from the log");
    this.failures = counter("failures", "Rounds of the tail that ended in an error");
    this.broken =
        counter(
            "broken",
            "Records at which a mistake of ours was met; their sessions resume from the store");
    this.forgottenEarly =
        counter(
            "forgotten",
            "Message identities forgotten within 30 s because the duplicate filters were full");
    this.filterBytes = gauge("filter.bytes", "Bytes that the duplicate filters hold");
    this.ringBytes = gauge("ring.bytes", "Bytes that the rings hold");
    this.partitions = gauge("partitions", "Partitions that are tailed");
  }

  private Counter counter(String name, String description) {
    return Counter.builder("linnet.edge.tail." + name).description(description).register(registry);
  }

  private AtomicLong gauge(String name, String description) {
    AtomicLong value = new AtomicLong();
    Gauge.builder("linnet.edge.tail." + name, value, AtomicLong::get)
        .description(description)
        .register(registry);
    return value;
  }
}
