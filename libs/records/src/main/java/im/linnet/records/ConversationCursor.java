package im.linnet.records;

import im.linnet.schemas.Stream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The end of a page of conversations. Opaque to clients.
 *
 * @param moved each later page looks again at the conversations that are newer than this
 * @param before the place of the last conversation listed, but for those that had moved
 * @param listed the places newer than {@code moved} that were listed. A conversation at another
 *     place that is newer than {@code moved} has moved since, or its message came to the store late
 */
public record ConversationCursor(Place moved, Place before, Set<Place> listed) {
  /** The most places in {@code listed}. A cursor of these fits a request. */
  static final int MOST_LISTED = 100;

  private static final int PLACE_PARTS = 3;

  public ConversationCursor {
    listed = Set.copyOf(listed);
  }

  /**
   * The place of a conversation in the list. The natural order is that of the list: newest first,
   * and at equal times by kind and name.
   *
   * @param time the broker time of the last message, ms; of a topic without one the end of the
   *     second of joining
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

    private static @Nullable Place of(List<String> parts) {
      Stream stream = Stream.ofWire(parts.get(1));
      return stream == null ? null : new Place(Long.parseLong(parts.get(0)), stream, parts.get(2));
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
    StringBuilder text = new StringBuilder().append(moved).append('/').append(before);
    listed.stream().sorted().forEach(place -> text.append('/').append(place));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The cursor of that text; null if it is none of ours. */
  public static @Nullable ConversationCursor decode(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      List<String> parts = List.of(plain.split("/", -1));
      int places = parts.size() / PLACE_PARTS;
      if (parts.size() % PLACE_PARTS != 0 || places < 2 || places > 2 + MOST_LISTED) {
        return null;
      }
      List<Place> read = new ArrayList<>(places);
      for (int i = 0; i < parts.size(); i += PLACE_PARTS) {
        Place place = Place.of(parts.subList(i, i + PLACE_PARTS));
        if (place == null) {
          return null;
        }
        read.add(place);
      }
      return new ConversationCursor(
          read.get(0), read.get(1), new HashSet<>(read.subList(2, places)));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
