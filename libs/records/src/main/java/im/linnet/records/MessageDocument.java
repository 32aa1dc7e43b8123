package im.linnet.records;

import im.linnet.schemas.Stream;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A document of a collection of messages.
 *
 * @param stored the message
 * @param timeSeconds its {@code Time}, epoch seconds, as given programs read it
 * @param readers in a topic the sender and those who have read it, by name, at most {@link
 *     #MOST_READERS}, the first; else empty
 */
public record MessageDocument(StoredMessage stored, long timeSeconds, List<String> readers) {
  /** How many names {@code IsRead} of a topic's message holds at most. */
  public static final int MOST_READERS = 1_000;

  private static final long MILLIS = 1000;

  public MessageDocument {
    readers = List.copyOf(readers);
  }

  /** The document of that message, of a topic's message as nobody has read it yet. */
  public static MessageDocument of(StoredMessage stored) {
    return of(stored, List.of());
  }

  /**
   * The document of that message.
   *
   * @param others in a topic those who have read it, the sender aside
   */
  public static MessageDocument of(StoredMessage stored, List<String> others) {
    return new MessageDocument(
        stored,
        Math.floorDiv(stored.time(), MILLIS),
        stored.message().kind() == Stream.TOPIC
            ? readers(stored.message().from(), others)
            : List.of());
  }

  private static List<String> readers(String sender, List<String> others) {
    SortedSet<String> all = new TreeSet<>(others);
    all.add(sender);
    return all.stream().limit(MOST_READERS).toList();
  }
}
