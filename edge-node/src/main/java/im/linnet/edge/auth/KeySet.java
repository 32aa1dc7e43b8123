package im.linnet.edge.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.health.HealthReport;
import com.nimbusds.jose.util.health.HealthStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key set that is kept fresh: Nimbus' cache, rate limit and refresh ahead of time, over a {@link
 * KeySource}. It is read at the start, at a steady pace, and when a token names a missing key. If
 * it cannot be read, the old keys stay good for {@link #OLD_KEYS_STAY}. Safe on any thread.
 */
public final class KeySet implements AutoCloseable {
  /** The time for which keys stay good if they cannot be read anew. */
  public static final Duration OLD_KEYS_STAY = Duration.ofHours(24);

  private static final Logger LOG = LoggerFactory.getLogger(KeySet.class);

  /** In this time, tokens of unknown keys and the steady pace cause two reads at most. */
  private static final Duration LOOK_WINDOW = Duration.ofSeconds(10);

  private static final int TICKS_PER_REFRESH = 8;

  private final String shown;
  private final KeySource source;
  private final Duration every;
  private final LongSupplier steadyMillis;
  private final ScheduledExecutorService worker;
  private final JWKSetSource<SecurityContext> cache;
  private volatile @Nullable String trouble;
  private Collection<String> toldOdd = List.of();

  /**
   * @param place a file or an http(s) URL
   * @param every the pause between two reads
   * @throws IllegalArgumentException if the place is neither
   */
  public KeySet(String place, Duration every) {
    this(KeyPlace.of(place), every);
  }

  private KeySet(KeyPlace place, Duration every) {
    this(place.shown(), KeySource.of(place), every, steadyClock());
  }

  /**
   * A key set from the given source, for tests.
   *
   * @param steadyMillis a monotonic clock, above 0 from the start
   */
  KeySet(String shown, KeySource source, Duration every, LongSupplier steadyMillis) {
    this.shown = shown;
    this.source = source;
    this.every = every;
    this.steadyMillis = steadyMillis;
    this.worker =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("linnet-keys").daemon().factory());
    this.cache = cache();
  }

  /**
   * Refuses a place that cannot be right. It reads a file, but does not ask a server.
   *
   * @throws IllegalArgumentException with the problem of the place or of the file's content
   */
  public static void requireUsable(String place) {
    KeyPlace parsed = KeyPlace.of(place);
    if (parsed instanceof KeyPlace.InFile) {
      try {
        var unused = KeySetText.parse(KeySource.of(parsed).read());
      } catch (KeySetUnusableException e) {
        throw new IllegalArgumentException(e.reason(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private static LongSupplier steadyClock() {
    long begun = System.nanoTime();
    return () -> 1 + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  private JWKSetSource<SecurityContext> cache() {
    long stay = OLD_KEYS_STAY.toMillis();
    long wait = Math.min(every.toMillis(), 2 * KeySource.PATIENCE.toMillis());
    var built =
        JWKSourceBuilder.create(new Reading())
            .cache(stay, wait)
            .refreshAheadCache(stay - every.toMillis(), null, worker, false, null, false)
            .rateLimited(Math.min(every.toMillis(), LOOK_WINDOW.toMillis()))
            .healthReporting(this::report)
            .build();
    return ((JWKSetBasedJWKSource<SecurityContext>) built).getJWKSetSource();
  }

  /**
   * Reads the keys for the first time. Blocks.
   *
   * @throws KeysUnavailableException if they cannot be read
   */
  public void start() {
    try {
      var unused = known();
    } catch (KeySourceException e) {
      throw new KeysUnavailableException(shown, reason(e));
    }
    long tick = Math.max(1, every.toMillis() / TICKS_PER_REFRESH);
    var unused = worker.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.MILLISECONDS);
  }

  /**
   * Asks the cache at a steady pace. A question to an old cache starts a read, and an idle edge has
   * no other questions.
   */
  private void tick() {
    try {
      var unused = known();
    } catch (KeySourceException | RuntimeException e) {
      // An exception from here would end the steady pace for good.
      LOG.debug("the key set {} is not known: {}", shown, reason(e));
    }
  }

  /**
   * The keys of the newest reading. It does not wait, unless the set was not read for {@link
   * #OLD_KEYS_STAY}.
   *
   * @throws KeySourceException if all known keys are too old
   */
  KeyRing known() throws KeySourceException {
    return ring(JWKSetCacheRefreshEvaluator.noRefresh());
  }

  /**
   * The keys of a reading that began after that moment. Blocks while it reads.
   *
   * @param nanos the moment, by {@link System#nanoTime}
   * @throws KeySourceException if the set cannot be read, or was read too recently to read it again
   */
  KeyRing readAfter(long nanos) throws KeySourceException {
    KeyRing ring = known();
    while (!ring.isReadAfter(nanos)) {
      ring = ring(JWKSetCacheRefreshEvaluator.referenceComparison(ring));
    }
    return ring;
  }

  private KeyRing ring(JWKSetCacheRefreshEvaluator evaluator) throws KeySourceException {
    return (KeyRing) cache.getJWKSet(evaluator, steadyMillis.getAsLong(), null);
  }

  /** The source of the cache. */
  private final class Reading implements JWKSetSource<SecurityContext> {
    @Override
    public KeyRing getJWKSet(
        JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
        throws KeySourceException {
      long begun = System.nanoTime();
      try {
        KeySetText text = KeySetText.parse(source.read());
        tell(text.odd());
        return new KeyRing(text.keys(), begun);
      } catch (KeySetUnusableException e) {
        throw new JWKSetRetrievalException(e.reason(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new JWKSetRetrievalException("the process stops", e);
      }
    }

    @Override
    public void close() {
      // No connection stays open between two readings.
    }
  }

  /** Logs odd keys once each, not at each reading. */
  private synchronized void tell(List<String> odd) {
    Set<String> now = new LinkedHashSet<>(odd);
    now.stream()
        .filter(each -> !toldOdd.contains(each))
        .forEach(each -> LOG.warn("the key set {}: {}", shown, each));
    toldOdd = now;
  }

  private void report(HealthReport<?, SecurityContext> report) {
    String before = trouble;
    if (report.getHealthStatus() == HealthStatus.HEALTHY) {
      trouble = null;
      if (before != null) {
        LOG.info("the key set {} can be read again", shown);
      }
      return;
    }
    String now = reason(report.getException());
    trouble = now;
    if (!now.equals(before)) {
      LOG.warn("the key set {} cannot be used: {}", shown, now);
    }
  }

  private static String reason(Exception failure) {
    return String.valueOf(failure.getMessage());
  }

  /** Empty while the newest read has succeeded; otherwise one line with the reason. */
  public Optional<String> check() {
    String wrong = trouble;
    return wrong == null
        ? Optional.empty()
        : Optional.of("the key set " + shown + " cannot be used: " + wrong);
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
