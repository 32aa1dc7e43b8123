package im.linnet.edge.handler;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.records.HistoryCursor;
import im.linnet.records.HistoryPage;
import im.linnet.records.StoredMessage;
import im.linnet.schemas.Position;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.frame.Frames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of history as it stands in the reply: messages as their pushes, at most 64 KiB of them, at
 * least one.
 *
 * @param messages JSON objects, newest first
 * @param next where the next page goes on, null where this one ends the conversation
 */
record PageText(List<String> messages, @Nullable HistoryCursor next) {
  private static final int MOST_BYTES = 64 << 10;

  /**
   * The text of what the store gave.
   *
   * @param user who asks
   * @param before where the page before ended, null for the newest page
   */
  static PageText of(HistoryPage page, String user, @Nullable HistoryCursor before) {
    List<String> texts = new ArrayList<>(page.messages().size());
    long received = before == null ? Long.MAX_VALUE : before.received();
    long sent = before == null ? Long.MAX_VALUE : before.sent();
    int bytes = 0;
    for (StoredMessage message : page.messages()) {
      byte[] text = text(message);
      bytes += text.length + 1;
      if (bytes > MOST_BYTES && !texts.isEmpty()) {
        return new PageText(texts, new HistoryCursor(received, sent));
      }
      texts.add(new String(text, StandardCharsets.UTF_8));
      long offset = message.at().offset();
      // What one sends to oneself lies in both directions.
      if (message.message().to().equals(user)) {
        received = offset;
      }
      if (message.message().from().equals(user)) {
        sent = offset;
      }
    }
    return new PageText(texts, page.next());
  }

  private static byte[] text(StoredMessage message) {
    Position at = message.at();
    byte[] push =
        Frames.push(
            at.place().stream(),
            at.place().partition(),
            at.offset(),
            message.time(),
            InboxEventCodec.encode(message.message()));
    byte[] read = (",\"read\":" + message.read() + "}").getBytes(StandardCharsets.US_ASCII);
    byte[] text = new byte[push.length - 1 + read.length];
    System.arraycopy(push, 0, text, 0, push.length - 1);
    System.arraycopy(read, 0, text, push.length - 1, read.length);
    return text;
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
