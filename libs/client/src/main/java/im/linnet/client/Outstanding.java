package im.linnet.client;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The requests without a reply, in the order in which they were made. They are repeated in the same
 * order. Owned by one thread.
 */
final class Outstanding {
  private final long timeoutMillis;
  private final Map<String, PendingRequest> requests = new LinkedHashMap<>();
  private long last;

  Outstanding(long timeoutMillis) {
    this.timeoutMillis = timeoutMillis;
  }

  void add(PendingRequest request, long now) {
    request.accept(++last, now + timeoutMillis);
    requests.put(request.id(), request);
  }

  /** The request of that id; null if it was given up before. */
  @Nullable PendingRequest find(String id) {
    return requests.get(id);
  }

  /** Removes the request of that id, because its reply has come. */
  void remove(String id) {
    requests.remove(id);
  }

  /** All of them, oldest first. */
  List<PendingRequest> inOrder() {
    return List.copyOf(requests.values());
  }

  /** The time when the next request is given up. */
  long deadline() {
    // All requests have the same time-out, so the oldest one expires first.
    return requests.isEmpty() ? Long.MAX_VALUE : requests.values().iterator().next().deadline();
  }

  /**
   * Gives up requests that waited too long. One that the server could not serve gets the server's
   * last answer.
   */
  void expire(long now) {
    while (deadline() <= now) {
      PendingRequest oldest = requests.values().iterator().next();
      requests.remove(oldest.id());
      ServerResponse refusal = oldest.refusal();
      if (refusal == null) {
        oldest
            .reply()
            .completeExceptionally(
                new TimeoutException(
                    oldest.request().op()
                        + ": no reply within "
                        + timeoutMillis
                        + " ms; outcome unknown"));
      } else {
        oldest.reply().complete(refusal);
      }
    }
  }

  /** Gives up requests that make no sense on another connection. */
  void connectionLost(String reason) {
    for (PendingRequest request : inOrder()) {
      if (!request.mayRepeat()) {
        requests.remove(request.id());
        request
            .reply()
            .completeExceptionally(
                new IOException(request.request().op() + ": connection lost: " + reason));
      }
    }
  }

  /** Gives up all. */
  void close(String reason) {
    List<PendingRequest> left = inOrder();
    requests.clear();
    for (PendingRequest request : left) {
      request.reply().completeExceptionally(new ClientClosedException(reason));
    }
  }
}
