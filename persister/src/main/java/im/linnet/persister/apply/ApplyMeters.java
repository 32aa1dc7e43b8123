package im.linnet.persister.apply;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The meters of an applier. Safe on any thread. */
public final class ApplyMeters {
  private final Counter records;
  private final Counter malformed;
  private final Counter unknown;
  private final Counter stale;
  private final Counter duplicates;
  private final Counter batches;
  private final Counter retries;

  /** Registers them, so that each shows from the first scrape. */
  public ApplyMeters(MeterRegistry registry) {
    records = counter(registry, "records", "Records that the view has passed");
    malformed =
        counter(registry, "malformed", "Records that nobody can read, sent to the dead letters");
    unknown =
        counter(
            registry,
            "unknown",
            "Records of a newer version, sent to the dead letters; rebuild with that version");
    stale = counter(registry, "stale", "Records that came too late to count");
    duplicates = counter(registry, "duplicates", "Messages that stood in the log already");
    batches = counter(registry, "batches", "Writes to the store");
    retries = counter(registry, "retries", "Batches that had to be tried again");
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("linnet.persister." + name).description(description).register(registry);
  }

  /** The view has passed a batch of that many records. */
  void passed(int all, Judgement judgement) {
    records.increment(all);
    malformed.increment(judgement.malformed().size());
    unknown.increment(judgement.unknown().size());
    stale.increment(judgement.stale());
    duplicates.increment(judgement.duplicates());
    batches.increment();
  }

  /** The store, or Kafka for the dead letters, did not take a batch. */
  void refused() {
    retries.increment();
  }
}
