package im.linnet.cli.system;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * What the log says of the messages to users: by identity, which of them are read, and the notices
 * of that. A step between friends is a message to one of the two.
 */
final class InboxLog {
  private static final ArrayDeque<Entry> NONE = new ArrayDeque<>();

  private final Map<String, Entry> messages = new HashMap<>();
  // Per conversation what is not read yet, in log order: both of its ends are in one partition.
  private final Map<String, ArrayDeque<Entry>> unread = new HashMap<>();
  private final Map<String, Map<String, Notice>> notices = new HashMap<>();
  // As the notice of each mark ought to be, by the mark's place.
  private final Map<String, Notice> marks = new HashMap<>();
  private int repeats;

  /** A message as the log has it first. */
  private static final class Entry {
    final Delivery message;
    final long offset;
    boolean read;

    Entry(Delivery message, long offset) {
      this.message = message;
      this.offset = offset;
    }
  }

  void message(LogEntry record) {
    Delivery message = Delivery.of(record, record.key());
    Entry entry = new Entry(message, record.offset());
    if (messages.putIfAbsent(record.text("uuid"), entry) == null) {
      unread
          .computeIfAbsent(
              conversation(record, message.to(), message.from()), each -> new ArrayDeque<>())
          .add(entry);
    } else {
      repeats++;
    }
  }

  void mark(LogEntry record) {
    String upTo = record.text("upTo");
    marks.put(record.at(), new Notice(record.key(), upTo, record.at()));
    long mark =
        Math.min(Long.parseLong(upTo.substring(upTo.lastIndexOf('/') + 1)), record.offset() - 1);
    ArrayDeque<Entry> waiting =
        unread.getOrDefault(conversation(record, record.key(), record.text("peer")), NONE);
    while (!waiting.isEmpty() && waiting.element().offset <= mark) {
      waiting.remove().read = true;
    }
  }

  void notice(LogEntry record) {
    notices
        .computeIfAbsent(record.key(), each -> new HashMap<>())
        .put(record.at(), Notice.of(record.value()));
  }

  private static String conversation(LogEntry record, String to, String from) {
    return record.stream() + "|" + to + "|" + from;
  }

  /** Messages by uuid, the first of each. */
  Map<String, Delivery> messages() {
    Map<String, Delivery> all = new HashMap<>();
    messages.forEach((uuid, entry) -> all.put(uuid, entry.message));
    return all;
  }

  /** Whether each message is read, by uuid. */
  Map<String, Boolean> readState() {
    Map<String, Boolean> state = new HashMap<>();
    messages.forEach((uuid, entry) -> state.put(uuid, entry.read));
    return state;
  }

  /** What that user is told of who has read, by place. */
  Map<String, Notice> noticesTo(String user) {
    return notices.getOrDefault(user, Map.of());
  }

  /** Read marks by their places, each as its notice ought to be. */
  Map<String, Notice> marks() {
    return marks;
  }

  /** Records that repeat an identity that the log has already. */
  int repeats() {
    return repeats;
  }
}
