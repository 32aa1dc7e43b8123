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
  private long lastId;

  Outstanding(long timeoutMillis) {
    this.timeoutMillis = timeoutMillis;
  }

  void add(PendingRequest request, long now) {
    request.accept(Long.toString(++lastId), now + timeoutMillis);
    requests.put(request.id(), request);
  }

  /** Removes the request of that id, because its reply has come. Null if it was given up before. */
  @Nullable PendingRequest remove(String id) {
    return requests.remove(id);
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

  /** Gives up requests that waited too long. */
  void expire(long now) {
    while (deadline() <= now) {
      PendingRequest oldest = requests.values().iterator().next();
      requests.remove(oldest.id());
      oldest
          .reply()
          .completeExceptionally(
              new TimeoutException(
                  oldest.op() + ": no reply within " + timeoutMillis + " ms; outcome unknown"));
    }
  }

  /** Gives up requests that make no sense on another connection. */
  void connectionLost(String reason) {
    for (PendingRequest request : inOrder()) {
      if (!request.mayRepeat()) {
        requests.remove(request.id());
        request
            .reply()
            .completeExceptionally(new IOException(request.op() + ": connection lost: " + reason));
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
