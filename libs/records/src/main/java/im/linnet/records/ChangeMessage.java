package im.linnet.records;

import im.linnet.records.StoredMessage.Revision;
import im.linnet.schemas.Position;
import im.linnet.schemas.event.ChangeEvent;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.event.MessageState;

/**
 * A message was changed by its sender.
 *
 * @param event the change: an original, not a copy
 * @param at the place of the change, in the message's own partition
 * @param time its broker time, ms
 */
public record ChangeMessage(ChangeEvent event, Position at, long time) implements Change {
  /** The message: the newest one of that identity before the change. */
  public MessageId message() {
    return event.message();
  }

  /** The message after the change. */
  public StoredMessage changed(StoredMessage before) {
    Revision last = before.revision();
    MessageState now =
        event.apply(
            new MessageState(before.message().content(), last.editedAt(), last.recalled()), time);
    return new StoredMessage(
        before.message().withContent(now.content()),
        before.at(),
        before.time(),
        before.read(),
        null,
        new Revision(now.recalled(), now.editedAt(), at.offset()));
  }

  @Override
  public void apply(MemoryView view) {
    view.revise(message(), at.offset(), this::changed);
  }

  @Override
  public int documents() {
    return 0;
  }
}
