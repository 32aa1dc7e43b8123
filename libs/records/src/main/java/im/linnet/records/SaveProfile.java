package im.linnet.records;

import im.linnet.schemas.event.ProfileEvent;

/**
 * A user changed their profile.
 *
 * @param event the fields that it sets; null leaves one as it is
 * @param offset the offset of its record
 */
public record SaveProfile(ProfileEvent event, long offset) implements Change {
  @Override
  public void apply(MemoryView view) {
    view.save(event, offset);
  }

  @Override
  public int documents() {
    return 1;
  }
}
