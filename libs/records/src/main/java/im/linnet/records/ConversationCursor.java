package im.linnet.records;

import im.linnet.schemas.Stream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The end of a page of conversations. Opaque to clients.
 *
 * @param moved conversations that are newer than this have moved since the paging began, and were
 *     not listed since
 * @param before the place of the last conversation listed, but for those that had moved
 */
public record ConversationCursor(Place moved, Place before) {
  /**
   * The place of a conversation in the list. The natural order is that of the list: newest first,
   * and at equal times by kind and name.
   *
   * @param time the broker time of the last message, ms; of a topic without one that of joining
   * @param kind p2p or topic
   * @param peer the other user, or the topic
   */
  public record Place(long time, Stream kind, String peer) implements Comparable<Place> {
    private static final Comparator<Place> NEWEST_FIRST =
        Comparator.comparingLong(Place::time)
            .reversed()
            .thenComparing(Place::kind)
            .thenComparing(Place::peer);

    @Override
    public int compareTo(Place other) {
      return NEWEST_FIRST.compare(this, other);
    }

    private static @Nullable Place of(String time, String kind, String peer) {
      Stream stream = Stream.ofWire(kind);
      return stream == null ? null : new Place(Long.parseLong(time), stream, peer);
    }

    @Override
    public String toString() {
      return time + "/" + kind.wire() + "/" + peer;
    }

    boolean isNewerThan(Place other) {
      return compareTo(other) < 0;
    }
  }

  /** The cursor as clients carry it. */
  public String encode() {
    String text = moved + "/" + before;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The cursor of that text; null if it is none of ours. */
  public static @Nullable ConversationCursor decode(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      String[] parts = plain.split("/", -1);
      if (parts.length != 6) {
        return null;
      }
      Place moved = Place.of(parts[0], parts[1], parts[2]);
      Place before = Place.of(parts[3], parts[4], parts[5]);
      return moved == null || before == null ? null : new ConversationCursor(moved, before);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
