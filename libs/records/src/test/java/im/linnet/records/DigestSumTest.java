package im.linnet.records;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestSumTest {
  @Test
  void theOrderDoesNotMatter() {
    assertThat(digest(stored(1, "x", false), stored(2, "y", true), stored(3, "z", false)))
        .isEqualTo(digest(stored(3, "z", false), stored(1, "x", false), stored(2, "y", true)));
  }

  @Test
  void aFieldMatters() {
    var one = digest(stored(1, "x", false));
    assertThat(digest(stored(2, "x", false))).isNotEqualTo(one);
    assertThat(digest(stored(1, "y", false))).isNotEqualTo(one);
    assertThat(digest(stored(1, "x", true))).isNotEqualTo(one);
  }

  @Test
  void aDocumentThatIsThereTwiceMatters() {
    assertThat(digest(stored(1, "x", false), stored(1, "x", false)).hash())
        .isNotEqualTo(digest(stored(1, "x", false)).hash())
        .isNotEqualTo(digest().hash());
  }

  @Test
  void theBoundaryBetweenTwoTextsMatters() {
    DigestSum one = new DigestSum();
    one.add(new InboxRecord(Stream.P2P, "ab", 0, 1, 1, new byte[] {'c'}));
    DigestSum other = new DigestSum();
    other.add(new InboxRecord(Stream.P2P, "a", 0, 1, 1, new byte[] {'b', 'c'}));
    assertThat(one.result()).isNotEqualTo(other.result());
  }

  private static Digest.CollectionDigest digest(StoredMessage... messages) {
    DigestSum sum = new DigestSum();
    List.of(messages).forEach(message -> sum.add(MessageDocument.of(message)));
    return sum.result();
  }

  private static StoredMessage stored(long offset, String content, boolean read) {
    MessageEvent message = new MessageEvent(Stream.P2P, "u" + offset, "aa", "bb", "text", content);
    return new StoredMessage(message, new Position(Stream.P2P, 1, offset), 5_000, read);
  }
}
