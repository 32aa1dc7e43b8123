package im.linnet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.testkit.RawClient.Closed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one connection in order of arrival, written by its reader and awaited by the tests.
 * A wait looks at each frame once.
 */
final class ReceivedFrames {
  private static final int SHOWN = 12;

  private final List<JsonNode> frames = new ArrayList<>();
  private @Nullable Closed announced;
  private @Nullable Closed closed;

  /** Takes the text of one or more frames, one per line. */
  void accept(String lines) {
    lines.lines().filter(line -> !line.isBlank()).map(Json::parse).forEach(this::add);
  }

  /** Takes the end of the connection. An earlier close frame gives the reason instead. */
  synchronized void end(int code, String reason) {
    if (closed == null) {
      closed = announced == null ? new Closed(code, reason) : announced;
    }
    notifyAll();
  }

  synchronized List<JsonNode> all() {
    return List.copyOf(frames);
  }

  synchronized Optional<Closed> closed() {
    return Optional.ofNullable(closed);
  }

  synchronized List<JsonNode> await(int n, Predicate<? super JsonNode> matching, Duration atMost) {
    Search search = new Search(n, matching);
    waitFor(() -> search.isOver() || closed != null, atMost);
    if (!search.isOver()) {
      throw new AssertionError(
          "got " + search.found.size() + " of " + n + " frames within " + atMost + "; " + state());
    }
    return List.copyOf(search.found);
  }

  synchronized Closed awaitClosed(Duration atMost) {
    waitFor(() -> closed != null, atMost);
    if (closed == null) {
      throw new AssertionError("still open after " + atMost + "; " + state());
    }
    return closed;
  }

  private synchronized void add(JsonNode frame) {
    frames.add(frame);
    if (frame.path("op").asText().equals("close")) {
      announced = new Closed(frame.path("code").asInt(), frame.path("reason").asText());
    }
    notifyAll();
  }

  /** Waits, without the lock, until the condition holds or the time is over. */
  private synchronized void waitFor(BooleanSupplier done, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    try {
      while (!done.getAsBoolean()) {
        long leftNanos = deadline - System.nanoTime();
        if (leftNanos <= 0) {
          return;
        }
        wait(Math.max(1, leftNanos / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for frames", e);
    }
  }

  private String state() {
    List<JsonNode> last = frames.subList(Math.max(0, frames.size() - SHOWN), frames.size());
    return "closed=" + closed + ", " + frames.size() + " frames, the last ones: " + last;
  }

  /** Goes through the frames once over all calls; under the lock. */
  private final class Search {
    private final int wanted;
    private final Predicate<? super JsonNode> matching;
    private final List<JsonNode> found = new ArrayList<>();
    private int seen;

    private Search(int wanted, Predicate<? super JsonNode> matching) {
      this.wanted = wanted;
      this.matching = matching;
    }

    private boolean isOver() {
      for (; seen < frames.size() && found.size() < wanted; seen++) {
        if (matching.test(frames.get(seen))) {
          found.add(frames.get(seen));
        }
      }
      return found.size() >= wanted;
    }
  }
}
