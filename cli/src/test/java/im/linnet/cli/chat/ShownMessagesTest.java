package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.client.Message;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import org.junit.jupiter.api.Test;

class ShownMessagesTest {
  private final ShownMessages shown = new ShownMessages();

  @Test
  void eachMessageIsNewOnce() {
    Message message = new FakeChatServer().says("aa", "bb", "x");

    assertThat(shown.add(message)).isTrue();
    assertThat(shown.add(message)).isFalse();
    assertThat(shown.add(new MessageId(Stream.P2P, "aa", message.uuid(), "bb"), 0)).isTrue();
    assertThat(shown.add(new MessageId(Stream.MUTUAL, "bb", message.uuid(), "aa"), 0)).isTrue();
  }

  @Test
  void theOldestAreForgotten() {
    for (int i = 0; i <= 2_000; i++) {
      shown.add(new MessageId(Stream.P2P, "bb", "u" + i, "aa"), 0);
    }

    assertThat(shown.add(new MessageId(Stream.P2P, "bb", "u2000", "aa"), 0)).isFalse();
    assertThat(shown.add(new MessageId(Stream.P2P, "bb", "u0", "aa"), 0)).isTrue();
  }
}
