package im.linnet.records;

import im.linnet.schemas.event.ContactEvent;

/**
 * A user noted something about another.
 *
 * @param event the remark and labels that it sets; null leaves one as it is
 * @param offset the offset of its record
 */
public record SaveContact(ContactEvent event, long offset) implements Change {
  @Override
  public void apply(MemoryView view) {
    view.save(event, offset);
  }

  @Override
  public int documents() {
    return 1;
  }
}
