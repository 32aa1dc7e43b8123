package im.linnet.persister.apply;

import im.linnet.schemas.LogRecord;
import java.util.concurrent.CompletableFuture;

/** Keeps the records that the view passes without taking them in. */
@FunctionalInterface
public interface DeadLetterBox {
  /**
   * Keeps a record with the reason.
   *
   * @return completes once the record is durable, or fails; never left open
   */
  CompletableFuture<?> put(LogRecord record, String reason);
}
