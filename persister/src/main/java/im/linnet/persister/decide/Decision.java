package im.linnet.persister.decide;

import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.frame.ReplyCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command.
 *
 * @param code what the caller is told
 * @param message the reason for a refusal; null where there is none
 * @param facts what is so from now on; none where nothing changes
 */
public record Decision(ReplyCode code, @Nullable String message, List<InboxEvent> facts) {
  public Decision {
    facts = List.copyOf(facts);
  }

  /** The command is done, and these are its facts. */
  static Decision taken(InboxEvent... facts) {
    return new Decision(ReplyCode.OK, null, List.of(facts));
  }

  /** The command is refused. */
  static Decision refused(ReplyCode code, String message) {
    return new Decision(code, message, List.of());
  }
}
