package im.linnet.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a conversation.
 *
 * @param messages newest first
 * @param next the {@code before} of a request for the older messages, null at the beginning of the
 *     conversation
 */
public record HistoryPage(List<Entry> messages, @Nullable String next) {
  public HistoryPage {
    messages = List.copyOf(messages);
  }

  /**
   * A message and its readers.
   *
   * @param message as it reads now
   * @param read whether the recipient has read it (p2p, mutual)
   * @param readers the number of members who have read it (topic)
   */
  public record Entry(Message message, boolean read, int readers) {}
}
