package im.linnet.records;

/**
 * A conversation has a message of that hour, in one direction. A lower hour changes nothing, so
 * these changes commute.
 *
 * @param conversation the direction, with the hour
 */
public record RaiseConversation(ConversationHour conversation) implements Change {
  @Override
  public void apply(MemoryView view) {
    view.raise(conversation);
  }

  @Override
  public int documents() {
    return 1;
  }
}
