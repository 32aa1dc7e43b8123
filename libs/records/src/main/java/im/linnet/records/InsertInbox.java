package im.linnet.records;

/**
 * A record that is no message was delivered.
 *
 * @param record the record
 */
public record InsertInbox(InboxRecord record) implements Change {
  @Override
  public void apply(MemoryView view) {
    view.add(record);
  }

  @Override
  public int documents() {
    return 1;
  }
}
