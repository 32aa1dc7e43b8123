package im.linnet.edge.publish;

import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Finds messages that are in the log already. Safe on any thread, never blocks. */
@FunctionalInterface
public interface SentBefore {
  /**
   * Looks a message up by its identity, among all present records of its partition.
   *
   * @return the message as it was first sent; fails if the answer cannot be found in time
   */
  CompletableFuture<Optional<Found>> find(Stream stream, String to, String uuid, String from);

  /**
   * A message that is in the log.
   *
   * @param message the message as it was sent then
   * @param origin its place
   */
  record Found(MessageEvent message, Origin origin) {}
}
