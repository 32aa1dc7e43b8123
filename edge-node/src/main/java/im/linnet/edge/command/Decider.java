package im.linnet.edge.command;

import im.linnet.schemas.event.CommandEvent;
import java.util.concurrent.CompletableFuture;

/** Has commands judged. Safe on any thread, never blocks. */
@FunctionalInterface
public interface Decider {
  /**
   * Has a command judged.
   *
   * @param session the session that asks; it is not pushed the facts
   * @return the verdict; fails with {@link DeciderLagsException} where the command was not
   *     published, with {@link im.linnet.log.publish.PublishException} where the log did not take
   *     it, and with a {@link java.util.concurrent.TimeoutException} where no verdict came in time:
   *     then it may still be judged
   */
  CompletableFuture<Answer> ask(CommandEvent command, String session);
}
