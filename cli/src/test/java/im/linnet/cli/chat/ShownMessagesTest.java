package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.client.Message;
import im.linnet.schemas.Stream;
import org.junit.jupiter.api.Test;

class ShownMessagesTest {
  private final ShownMessages shown = new ShownMessages();

  @Test
  void eachMessageIsNewOnce() {
    Message message = new FakeChatServer().says("aa", "bb", "x");

    assertThat(shown.add(message)).isTrue();
    assertThat(shown.add(message)).isFalse();
    assertThat(shown.add(Stream.P2P, "bb", "aa", message.uuid())).isTrue();
    assertThat(shown.add(Stream.MUTUAL, "aa", "bb", message.uuid())).isTrue();
  }

  @Test
  void theOldestAreForgotten() {
    for (int i = 0; i <= 2_000; i++) {
      shown.add(Stream.P2P, "aa", "bb", "u" + i);
    }

    assertThat(shown.add(Stream.P2P, "aa", "bb", "u2000")).isFalse();
    assertThat(shown.add(Stream.P2P, "aa", "bb", "u0")).isTrue();
  }
}
