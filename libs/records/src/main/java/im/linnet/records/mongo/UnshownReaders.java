package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.MessageDocument;
import im.linnet.records.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The readers that {@code IsRead} of messages will show and does not yet. The digest adds them, so
 * it does not depend on the progress of the writing.
 */
final class UnshownReaders {
  private record Reading(String reader, Span range) {}

  private final Map<String, List<Reading>> byTopic = new HashMap<>();

  /** Finds them all. */
  UnshownReaders(ClientSession session, MongoTables tables) {
    List<UnshownMark> marks = UnshownMarks.first(session, tables, 0);
    UnshownRanges ranges = new UnshownRanges(session, tables, marks);
    for (UnshownMark mark : marks) {
      for (Span range : ranges.of(mark)) {
        byTopic
            .computeIfAbsent(mark.topic(), topic -> new ArrayList<>())
            .add(new Reading(mark.reader(), range));
      }
    }
  }

  /** The document of a message with all its readers. */
  MessageDocument complete(MessageDocument document) {
    long offset = document.stored().at().offset();
    List<String> readers = new ArrayList<>();
    for (Reading reading : byTopic.getOrDefault(document.stored().message().to(), List.of())) {
      if (reading.range().contains(offset)) {
        readers.add(reading.reader());
      }
    }
    if (readers.isEmpty()) {
      return document;
    }
    readers.addAll(document.readers());
    return MessageDocument.of(document.stored(), readers);
  }
}
