package im.linnet.edge.auth;

import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key set that is kept fresh. It is read on a thread of its own, at the start, at a steady pace,
 * and once in a while when a token names a key that it lacks; while it cannot be read the old keys
 * stay. Safe on any thread.
 */
public final class KeySet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeySet.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  private final String place;
  private final KeySource source;
  private final Duration every;
  private final Clock clock;
  private final ScheduledExecutorService worker;
  private volatile @Nullable KeyRing ring;
  private volatile @Nullable String trouble;
  private @Nullable CompletableFuture<Void> look;
  private long lookedMillis;

  /**
   * Makes one.
   *
   * @param place a file or an http(s) URL
   * @param every how often it is read again
   */
  public KeySet(String place, Duration every, Clock clock) {
    this(place, KeySource.of(place), every, clock);
  }

  KeySet(String place, KeySource source, Duration every, Clock clock) {
    this.place = place;
    this.source = source;
    this.every = every;
    this.clock = clock;
    this.worker =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("linnet-keys").daemon().factory());
  }

  /**
   * Reads the keys for the first time. Blocks.
   *
   * @throws IllegalStateException if they cannot be read
   */
  public void start() {
    read();
    if (ring == null) {
      throw new IllegalStateException("auth.jwks: " + place + ": " + trouble);
    }
    var unused =
        worker.scheduleWithFixedDelay(
            this::read, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The keys, as far as they are known; null before the first success. */
  @Nullable KeyRing ring() {
    return ring;
  }

  /**
   * Reads the keys again unless that was just done.
   *
   * @return completes on the reading thread; fails where the keys could not be read
   */
  synchronized CompletableFuture<Void> lookAgain() {
    long now = clock.millis();
    if (look != null && (!look.isDone() || now - lookedMillis < BETWEEN_LOOKS.toMillis())) {
      return look;
    }
    lookedMillis = now;
    try {
      look = CompletableFuture.runAsync(this::look, worker);
    } catch (RejectedExecutionException e) {
      look = CompletableFuture.failedFuture(e);
    }
    return look;
  }

  private void look() {
    read();
    String wrong = trouble;
    if (wrong != null) {
      throw new IllegalStateException("the key set cannot be read: " + wrong);
    }
  }

  private void read() {
    try {
      KeyRing read = KeyRing.parse(source.read());
      if (read.size() == 0) {
        throw new IOException("it has no RS256 or ES256 key");
      }
      ring = read;
      trouble = null;
    } catch (IOException | ParseException | RuntimeException e) {
      trouble = e.toString();
      LOG.warn("the key set {} cannot be read: {}", place, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      trouble = "interrupted";
    }
  }

  /** Nothing while the newest look succeeded; otherwise one line that says why not. */
  public Optional<String> check() {
    String wrong = trouble;
    return wrong == null ? Optional.empty() : Optional.of("auth.jwks: " + place + ": " + wrong);
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
