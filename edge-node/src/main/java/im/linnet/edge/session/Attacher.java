package im.linnet.edge.session;

import im.linnet.schemas.Position;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Brings sessions to the tail of the log and takes them off it. */
public interface Attacher {
  /**
   * Sends what the session has not seen, then {@code synced}, then everything live.
   *
   * @param request what the client says that it has seen
   * @return completes once the session is live, or exceptionally once it has been closed with a
   *     code; never left open
   */
  CompletableFuture<Void> attach(LiveSession session, Request request);

  /** Forgets a session; called once when it ends, in whatever state it is. */
  void detach(LiveSession session);

  /**
   * What a session wants to resume.
   *
   * @param resume what the client has seen; null where it gave no list
   * @param log the id of the log that the list is about; null where the client gave none
   * @param deviceKnown whether the device was known before this session; one that was not (or was
   *     forgotten) has missed own copies, so it starts anew
   * @param opened completes once the session's {@code opened} record is acked; {@code synced} waits
   */
  record Request(
      @Nullable List<Position> resume,
      @Nullable String log,
      boolean deviceKnown,
      CompletableFuture<?> opened) {}
}
