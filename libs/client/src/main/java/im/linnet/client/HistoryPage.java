package im.linnet.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a conversation.
 *
 * @param messages newest first
 * @param next what to ask for as {@code before} to get the older ones, null at the beginning
 */
public record HistoryPage(List<Entry> messages, @Nullable String next) {
  public HistoryPage {
    messages = List.copyOf(messages);
  }

  /**
   * A message with what happened to it since.
   *
   * @param message as it was pushed
   * @param read whether the recipient has read it (p2p, mutual)
   * @param readers how many have read it (topic)
   * @param recalled whether it was recalled
   * @param editedMillis when it was edited last, 0 for never
   */
  public record Entry(
      Message message, boolean read, int readers, boolean recalled, long editedMillis) {}
}
