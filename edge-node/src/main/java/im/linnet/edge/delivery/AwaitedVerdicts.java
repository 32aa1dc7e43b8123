package im.linnet.edge.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The commands of this edge that wait for their verdict. A request is noted here before its command
 * is published, so its verdict cannot pass the tail unseen. The tail gives each verdict to {@link
 * #answer}. Owned by the tail's thread, which also completes the futures.
 *
 * @param <V> the type of a verdict
 */
public final class AwaitedVerdicts<V> {
  private final int most;
  private final long patienceNanos;
  private final LongSupplier nanos;

  /** In the order of their deadlines, since all wait for the same time. */
  private final LinkedHashMap<Command, Waiting<V>> waiting = new LinkedHashMap<>();

  private boolean closed;

  /**
   * The identity of a command in the log.
   *
   * @param key the key of its record
   * @param caller the user who asked
   * @param uuid the uuid that the caller gave it
   */
  public record Command(String key, String caller, String uuid) {}

  /** The requests that wait for one verdict. */
  private record Waiting<V>(List<CompletableFuture<V>> asked, long deadline) {
    void complete(V verdict) {
      List.copyOf(asked).forEach(each -> each.complete(verdict));
    }

    void fail(Throwable why) {
      List.copyOf(asked).forEach(each -> each.completeExceptionally(why));
    }
  }

  /**
   * @param most the most commands that wait at a time; one more is refused
   * @param patience the time for which each of them waits
   * @param nanos {@code System::nanoTime}
   */
  public AwaitedVerdicts(int most, Duration patience, LongSupplier nanos) {
    this.most = most;
    this.patienceNanos = patience.toNanos();
    this.nanos = nanos;
  }

  /**
   * Waits for the verdict on a command. A repeat of a waiting command shares its answer and its
   * deadline, and takes no room.
   *
   * @return the verdict, a future of its own for each call; fails with {@link TimeoutException} at
   *     the deadline, with {@link RejectedExecutionException} if too many wait, and with {@link
   *     CancellationException} once the tail ends
   */
  public CompletableFuture<V> await(Command command) {
    if (closed) {
      return CompletableFuture.failedFuture(ended());
    }
    CompletableFuture<V> verdict = new CompletableFuture<>();
    Waiting<V> before = waiting.get(command);
    if (before != null) {
      before.asked().add(verdict);
      return verdict;
    }
    if (waiting.size() == most) {
      return CompletableFuture.failedFuture(
          new RejectedExecutionException(most + " commands wait already"));
    }
    List<CompletableFuture<V>> asked = new ArrayList<>(1);
    asked.add(verdict);
    waiting.put(command, new Waiting<>(asked, nanos.getAsLong() + patienceNanos));
    return verdict;
  }

  /**
   * Answers a command with its verdict from the log.
   *
   * @return false if no request here waits for it: another edge has asked, its time was over, or it
   *     is answered already
   */
  public boolean answer(Command command, V verdict) {
    Waiting<V> found = waiting.remove(command);
    if (found == null) {
      return false;
    }
    found.complete(verdict);
    return true;
  }

  /** Gives up the commands that have waited for too long. Call it every second or more often. */
  public void expire() {
    long now = nanos.getAsLong();
    // One by one, since a failed request may ask again at once.
    Map.Entry<Command, Waiting<V>> oldest = waiting.firstEntry();
    while (oldest != null && now - oldest.getValue().deadline() >= 0) {
      waiting.remove(oldest.getKey());
      oldest.getValue().fail(new TimeoutException("no verdict in time"));
      oldest = waiting.firstEntry();
    }
  }

  /**
   * A request waits no longer, because its command was not published after all. Others that wait
   * for the same verdict go on, since their own records may be in the log.
   *
   * @param request what {@link #await} gave
   */
  public void forget(Command command, CompletableFuture<V> request, Throwable why) {
    Waiting<V> found = waiting.get(command);
    if (found != null
        && found.asked().removeIf(each -> each == request)
        && found.asked().isEmpty()) {
      waiting.remove(command);
    }
    request.completeExceptionally(why);
  }

  /** How long the command waits that has waited longest; zero where none waits. */
  public Duration longest() {
    Map.Entry<Command, Waiting<V>> oldest = waiting.firstEntry();
    return oldest == null
        ? Duration.ZERO
        : Duration.ofNanos(nanos.getAsLong() - (oldest.getValue().deadline() - patienceNanos));
  }

  /** The number of commands that wait. */
  public int size() {
    return waiting.size();
  }

  /** Fails all: the tail has ended, so no more verdicts come. */
  public void close() {
    closed = true;
    List<Waiting<V>> rest = List.copyOf(waiting.values());
    waiting.clear();
    rest.forEach(each -> each.fail(ended()));
  }

  private static CancellationException ended() {
    return new CancellationException("the edge ends");
  }
}
