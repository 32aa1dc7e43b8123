package im.linnet.edge.publish;

import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Finds out whether a message is in the log already. Safe on any thread, never blocks. */
@FunctionalInterface
public interface SentBefore {
  /**
   * Looks a message up by its identity, among all that its partition holds now.
   *
   * @return the message as it was first sent; fails where that cannot be known in time
   */
  CompletableFuture<Optional<Found>> find(Stream stream, String to, String uuid, String from);

  /**
   * A message that is in the log.
   *
   * @param message what was sent then
   * @param origin where it stands
   */
  record Found(MessageEvent message, Origin origin) {}
}
