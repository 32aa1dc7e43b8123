package im.linnet.records;

import im.linnet.schemas.Position;
import im.linnet.schemas.event.MessageEvent;

/**
 * A message was delivered. It is kept once: history, unread, look-ups by identity and resume read
 * the same document.
 *
 * @param message the message
 * @param record its record, as its recipient gets it
 */
public record InsertMessage(MessageEvent message, InboxRecord record) implements Change {
  /** Its place. */
  public Position at() {
    return record.at();
  }

  @Override
  public void apply(MemoryView view) {
    view.add(message, record);
  }

  @Override
  public int documents() {
    return 1;
  }
}
