package im.linnet.records;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a conversation.
 *
 * @param messages newest first
 * @param next where the next page goes on, null where this one ends the conversation
 */
public record HistoryPage(List<StoredMessage> messages, @Nullable HistoryCursor next) {
  public HistoryPage {
    messages = List.copyOf(messages);
  }

  /**
   * The page's first messages as a page of their own, for a reader whose page ends at a number of
   * bytes.
   *
   * @param user who asked for the page
   * @param count how many messages to keep; all where there are no more
   */
  public HistoryPage first(String user, int count) {
    if (count >= messages.size()) {
      return this;
    }
    long received = -1;
    long sent = -1;
    for (StoredMessage left : messages.subList(count, messages.size())) {
      boolean in = left.message().to().equals(user);
      if (in && received < 0) {
        received = left.at().offset() + 1;
      } else if (!in && sent < 0) {
        sent = left.at().offset() + 1;
      }
    }
    HistoryCursor cut =
        new HistoryCursor(
            received >= 0 ? received : next == null ? 0 : next.received(),
            sent >= 0 ? sent : next == null ? 0 : next.sent());
    return new HistoryPage(messages.subList(0, count), cut);
  }
}
