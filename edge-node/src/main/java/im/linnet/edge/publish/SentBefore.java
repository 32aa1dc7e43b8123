package im.linnet.edge.publish;

import im.linnet.schemas.Position;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.event.Origin;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Finds messages that are in the log already. Safe on any thread, never blocks. */
@FunctionalInterface
public interface SentBefore {
  /**
   * Looks the newest message of an identity up, among all that its partition holds now.
   *
   * @return the message; fails where that cannot be known in time
   */
  CompletableFuture<Optional<Found>> find(MessageId message);

  /**
   * A message that is in the log.
   *
   * @param message what was sent then, or what it was changed to
   * @param origin where it stands
   * @param change where its last recall or edit stands, after which nobody can compare contents;
   *     null where it is as it was sent
   * @param recalled whether it was recalled since
   */
  record Found(MessageEvent message, Origin origin, @Nullable Position change, boolean recalled) {
    /** Whether it was recalled or edited since. */
    boolean isChanged() {
      return change != null;
    }
  }
}
