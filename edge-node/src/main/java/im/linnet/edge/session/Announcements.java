package im.linnet.edge.session;

import java.util.concurrent.CompletableFuture;

/** Tells the log about sessions. Safe on any thread, never blocks. */
public interface Announcements {
  /** Publishes that a session has begun; completes once that is durable. */
  CompletableFuture<?> opened(UserSession session);

  /** Publishes that a session has ended; completes once that is durable. */
  CompletableFuture<?> closed(UserSession session);
}
