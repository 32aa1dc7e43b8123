package im.linnet.edge.session;

import im.linnet.schemas.Position;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Brings sessions to the tail of the log and takes them off it. */
public interface Attacher {
  /**
   * Sends the records that the session has not seen, then {@code synced}, then all live records.
   *
   * @param request the positions that the client claims to have seen
   * @return completes once the session is live, or exceptionally once it has been closed with a
   *     code; the future is never left open
   */
  CompletableFuture<Void> attach(LiveSession session, Request request);

  /** Forgets a session in any state; called once when it ends. */
  void detach(LiveSession session);

  /**
   * The positions from which a session resumes.
   *
   * @param resume the positions that the client has seen; null if it gave no list
   * @param log the id of the log of these positions; null if the client gave none
   * @param deviceKnown whether the device was known before this session; an unknown or forgotten
   *     device has missed copies of own messages, so it starts anew
   * @param opened completes once the session's {@code opened} record is acked; {@code synced} waits
   */
  record Request(
      @Nullable List<Position> resume,
      @Nullable String log,
      boolean deviceKnown,
      CompletableFuture<?> opened) {}
}
