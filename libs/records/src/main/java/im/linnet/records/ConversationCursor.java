package im.linnet.records;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of conversations ended. Opaque to clients.
 *
 * @param moved conversations that are newer than this have moved since the paging began, and were
 *     not listed since
 * @param before the place of the last conversation listed, but for those that had moved
 */
public record ConversationCursor(Place moved, Place before) {
  /**
   * The place of a conversation in the list. The natural order is that of the list: newest first,
   * and at equal times by name.
   *
   * @param time the broker time of the last message, ms
   * @param peer the other user
   */
  public record Place(long time, String peer) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byTime = Long.compare(other.time, time);
      return byTime != 0 ? byTime : peer.compareTo(other.peer);
    }

    boolean isNewerThan(Place other) {
      return compareTo(other) < 0;
    }
  }

  /** The cursor as clients carry it. */
  public String encode() {
    String text = moved.time + "/" + moved.peer + "/" + before.time + "/" + before.peer;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The cursor of that text, null where it is none of ours. */
  public static @Nullable ConversationCursor decode(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      String[] parts = plain.split("/", -1);
      return parts.length == 4
          ? new ConversationCursor(
              new Place(Long.parseLong(parts[0]), parts[1]),
              new Place(Long.parseLong(parts[2]), parts[3]))
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
