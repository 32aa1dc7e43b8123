package im.linnet.records;

import im.linnet.schemas.Position;
import im.linnet.schemas.event.MessageEvent;

/**
 * A message was delivered. It is inserted, unless one of the same identity (ToID, UUID, FromID)
 * stands at another position: then this one is a duplicate, and nothing of it is kept.
 *
 * @param message what was sent
 * @param record its record, as its recipient gets it
 */
public record InsertMessage(MessageEvent message, InboxRecord record) implements Change {
  /** Its place. */
  public Position at() {
    return record.at();
  }

  /** Its broker time, ms. */
  public long time() {
    return record.time();
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
