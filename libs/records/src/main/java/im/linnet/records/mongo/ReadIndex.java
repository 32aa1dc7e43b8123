package im.linnet.records.mongo;

import im.linnet.records.InsertMessage;
import im.linnet.records.MarkRead;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The read marks of a plan by conversation: a message that the same plan reads is inserted as read,
 * which costs nothing. An update of it would cost more than its insertion.
 */
final class ReadIndex {
  private final Map<Conversation, MarkRead> marks;

  ReadIndex(List<MarkRead> reads) {
    marks = HashMap.newHashMap(reads.size());
    for (MarkRead read : reads) {
      marks.put(new Conversation(read.stream(), read.reader(), read.peer()), read);
    }
  }

  boolean isRead(InsertMessage found) {
    if (marks.isEmpty()) {
      return false;
    }
    MessageEvent message = found.message();
    MarkRead mark = marks.get(new Conversation(message.kind(), message.to(), message.from()));
    if (mark == null) {
      return false;
    }
    long offset = found.at().offset();
    return offset <= mark.upTo() || offset < mark.uuids().getOrDefault(message.uuid(), -1L);
  }

  private record Conversation(Stream stream, String reader, String peer) {}
}
