package im.linnet.records;

import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.schemas.Stream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a user's conversations.
 *
 * @param conversations newest first
 * @param next the begin of the next page; null if this is the last one
 */
public record ConversationPage(List<Entry> conversations, @Nullable ConversationCursor next) {
  public ConversationPage {
    conversations = List.copyOf(conversations);
  }

  /**
   * A conversation.
   *
   * @param kind p2p or topic
   * @param name the topic's name; empty for a user
   * @param last its last message that the user sees, in its newest form; null in a topic where the
   *     user sees none
   * @param unread the other user, or the topic, with the number of unread messages there
   */
  public record Entry(Stream kind, String name, TopicPage.@Nullable Entry last, PeerCount unread) {
    /** The other user, or the topic. */
    public String peer() {
      return unread.peer();
    }
  }
}
