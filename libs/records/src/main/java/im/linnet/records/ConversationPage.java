package im.linnet.records;

import im.linnet.records.UnreadCounts.PeerCount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a user's conversations.
 *
 * @param conversations newest first
 * @param next where the next page begins; null if this is the last one
 */
public record ConversationPage(List<Entry> conversations, @Nullable ConversationCursor next) {
  public ConversationPage {
    conversations = List.copyOf(conversations);
  }

  /**
   * A conversation.
   *
   * @param last its last message, in its newest form
   * @param unread the other user, with the number of unread messages from there
   */
  public record Entry(StoredMessage last, PeerCount unread) {
    /** The other user. */
    public String peer() {
      return unread.peer();
    }
  }
}
