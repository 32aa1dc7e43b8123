package im.linnet.records;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a topic's messages.
 *
 * @param messages newest first
 * @param next the begin of the next page; null if there is none
 */
public record TopicPage(List<Entry> messages, @Nullable HistoryCursor next) {
  public TopicPage {
    messages = List.copyOf(messages);
  }

  /**
   * A message with the number of members that have read it.
   *
   * @param stored the message
   * @param readers how many have, the sender not among them
   */
  public record Entry(StoredMessage stored, long readers) {}
}
