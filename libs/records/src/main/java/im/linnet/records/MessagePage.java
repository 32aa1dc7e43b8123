package im.linnet.records;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a conversation.
 *
 * @param messages newest first
 * @param next the begin of the next page; null if this one ends the conversation
 */
public record MessagePage(List<StoredMessage> messages, @Nullable HistoryCursor next) {
  public MessagePage {
    messages = List.copyOf(messages);
  }
}
