package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.records.HistoryCursor;
import im.linnet.records.MessagePage;
import im.linnet.records.StoredMessage;
import im.linnet.records.TopicPage;
import im.linnet.schemas.Position;
import im.linnet.schemas.frame.Frames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of history as it stands in the reply: messages as their pushes.
 *
 * @param messages JSON objects, newest first
 * @param next the place at which the next page begins, null if this page ends the conversation
 */
record PageText(List<String> messages, @Nullable HistoryCursor next) {
  /** The most bytes of a page, except for a single larger message. */
  static final int MOST_BYTES = 64 << 10;

  /** The text of a page from the store. */
  static PageText of(MessagePage page) {
    return new PageText(page.messages().stream().map(PageText::text).toList(), page.next());
  }

  /** A message as a page shows it. */
  static String text(StoredMessage message) {
    return text(message, "\"read\":" + message.read());
  }

  /** A message of a topic as a page shows it. */
  static String text(TopicPage.Entry entry) {
    return text(entry.stored(), "\"readers\":" + entry.readers());
  }

  private static String text(StoredMessage message, String reading) {
    Position at = message.at();
    byte[] push =
        Frames.push(
            at.place().stream(),
            at.place().partition(),
            at.offset(),
            message.time(),
            message.value());
    byte[] read = ("," + reading + "}").getBytes(StandardCharsets.US_ASCII);
    byte[] text = new byte[push.length - 1 + read.length];
    System.arraycopy(push, 0, text, 0, push.length - 1);
    System.arraycopy(read, 0, text, push.length - 1, read.length);
    return new String(text, StandardCharsets.UTF_8);
  }

  void write(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("messages");
    for (String message : messages) {
      json.writeRawValue(message);
    }
    json.writeEndArray();
    if (next != null) {
      json.writeStringField("next", next.encode());
    }
  }
}
