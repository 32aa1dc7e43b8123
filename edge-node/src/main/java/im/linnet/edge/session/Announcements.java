package im.linnet.edge.session;

import java.util.concurrent.CompletableFuture;

/** Publishes the begin and the end of sessions in the log. Safe on any thread, never blocks. */
public interface Announcements {
  /** Publishes that a session has begun; completes once the record is durable. */
  CompletableFuture<?> opened(UserSession session);

  /** Publishes that a session has ended; completes once the record is durable. */
  CompletableFuture<?> closed(UserSession session);
}
