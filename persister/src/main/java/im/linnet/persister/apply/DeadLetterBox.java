package im.linnet.persister.apply;

import im.linnet.schemas.event.Decoded;
import java.util.concurrent.CompletableFuture;

/** Where malformed records are kept. */
@FunctionalInterface
public interface DeadLetterBox {
  /**
   * Keeps a record with the reason.
   *
   * @return completes once it is durable, or fails; never left open
   */
  CompletableFuture<?> put(Decoded.Malformed record);
}
