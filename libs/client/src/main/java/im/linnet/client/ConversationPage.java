package im.linnet.client;

import im.linnet.schemas.Stream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of this user's conversations.
 *
 * @param conversations newest first
 * @param next the {@code before} of a request for the older ones, null at the end
 */
public record ConversationPage(List<Entry> conversations, @Nullable String next) {
  public ConversationPage {
    conversations = List.copyOf(conversations);
  }

  /**
   * A conversation.
   *
   * @param kind p2p or topic
   * @param peer the other user, or the topic
   * @param name the topic's name; empty for a user
   * @param last its last message as it reads now; null where this user sees none yet
   * @param unread what this user has not read
   */
  public record Entry(
      Stream kind,
      String peer,
      String name,
      HistoryPage.@Nullable Entry last,
      Unread.Count unread) {}
}
