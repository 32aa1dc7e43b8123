package im.linnet.persister.decide;

import im.linnet.log.LatencyBuckets;
import im.linnet.log.group.LoopListener;
import im.linnet.persister.decide.CommandJudge.Judged;
import im.linnet.schemas.frame.ReplyCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of a decider. Safe on any thread. */
public final class DeciderMeters implements LoopListener {
  private final Counter taken;
  private final Counter refused;
  private final Counter repeated;
  private final Counter stale;
  private final Counter unusable;
  private final Counter failures;
  private final Timer batch;
  private final AtomicLong lag = new AtomicLong();

  /** Registers them, so that each shows from the first scrape. */
  public DeciderMeters(MeterRegistry registry) {
    taken = verdicts(registry, "taken");
    refused = verdicts(registry, "refused");
    repeated = verdicts(registry, "repeated");
    stale = counter(registry, "stale", "Commands that came too late to count");
    unusable =
        counter(registry, "unusable", "Records that are no command of this version, left out");
    failures = counter(registry, "failures", "Failures that were tried again");
    batch =
        Timer.builder("linnet.decider.batch")
            .description("From a batch's arrival to its verdicts being in the log")
            .serviceLevelObjectives(LatencyBuckets.bounds())
            .register(registry);
    Gauge.builder("linnet.decider.lag", lag, AtomicLong::get)
        .description("Commands in the log that this decider has not fetched")
        .register(registry);
  }

  private static Counter verdicts(MeterRegistry registry, String outcome) {
    return Counter.builder("linnet.decider.verdicts")
        .description("Verdicts, by their outcome")
        .tag("outcome", outcome)
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("linnet.decider." + name).description(description).register(registry);
  }

  void judged(Judged judged) {
    if (judged.isRepeat()) {
      repeated.increment();
    } else if (judged.decision().code() == ReplyCode.OK) {
      taken.increment();
    } else {
      refused.increment();
    }
  }

  void stale() {
    stale.increment();
  }

  void unusable() {
    unusable.increment();
  }

  @Override
  public void handled(int records, Duration took) {
    batch.record(took);
  }

  @Override
  public void lag(long records) {
    lag.set(records);
  }

  @Override
  public void failed(Throwable failure) {
    failures.increment();
  }
}
