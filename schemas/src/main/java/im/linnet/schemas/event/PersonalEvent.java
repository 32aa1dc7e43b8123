package im.linnet.schemas.event;

import im.linnet.schemas.Stream;

/**
 * A change of what a user keeps for themselves or shows of themselves, under the user's own key. It
 * is delivered to nobody. A field that it does not name stays as it is.
 */
public sealed interface PersonalEvent extends InboxEvent permits ProfileEvent, ContactEvent {
  @Override
  default Stream kind() {
    return Stream.PROFILE;
  }

  @Override
  default String id(String drawn) {
    return drawn;
  }
}
