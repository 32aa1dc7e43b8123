package im.linnet.records;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The end of a page of history in each direction: the next page lies below both offsets, and
 * nothing is left of a direction whose offset is 0. Opaque to clients.
 *
 * @param received the offset, exclusive, in the asking user's own partition
 * @param sent the offset, exclusive, in the peer's partition
 */
public record HistoryCursor(long received, long sent) {
  /** The cursor as clients carry it. */
  public String encode() {
    String text = received + "," + sent;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The cursor of that text; null if it is none of ours. */
  public static @Nullable HistoryCursor decode(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      int comma = plain.indexOf(',');
      if (comma < 0) {
        return null;
      }
      return new HistoryCursor(
          Long.parseLong(plain, 0, comma, 10),
          Long.parseLong(plain, comma + 1, plain.length(), 10));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
