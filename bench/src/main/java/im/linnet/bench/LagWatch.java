package im.linnet.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks now and then how many records of the log the view lacks, while a load goes on. It has a
 * thread of its own. The other methods are for one thread.
 */
final class LagWatch implements AutoCloseable {
  private static final long PERIOD_SECONDS = 10;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final StoredCounter stored;
  private final Report report;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("bench-lag").daemon().factory());
  private final ScheduledFuture<?> looks;
  private final List<Long> lags = new ArrayList<>();

  /**
   * Begins to look.
   *
   * @param stored a counter for this watch alone, which it closes
   * @param report is told of each look
   */
  LagWatch(StoredCounter stored, Report report) {
    this.stored = stored;
    this.report = report;
    this.looks =
        thread.scheduleAtFixedRate(this::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    long lag = stored.lacking();
    lags.add(lag);
    report.progress("after %d s the view lacks %,d records", lags.size() * PERIOD_SECONDS, lag);
  }

  /** Ends the looking; returns the records that the view lacked at each look, in their order. */
  List<Long> end() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the broker did not tell its ends in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    if (looks.state() == Future.State.FAILED) {
      throw new IllegalStateException("the lag is not known: " + looks.exceptionNow().getMessage());
    }
    return List.copyOf(lags);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    stored.close();
  }
}
