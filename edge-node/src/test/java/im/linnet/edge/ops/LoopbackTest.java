package im.linnet.edge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopbackTest {
  private static boolean own(String peer, String host, String origin) {
    return Loopback.isOwn(peer, host, origin, false);
  }

  @Test
  void takesThisMachinesOwnRequests() {
    assertThat(own("127.0.0.1", "localhost:8080", null)).isTrue();
    assertThat(own("127.0.0.1", "127.0.0.1:8080", "http://127.0.0.1:8080")).isTrue();
    assertThat(own("0:0:0:0:0:0:0:1", "[::1]:8080", "http://[::1]:8080")).isTrue();
    assertThat(own("127.0.0.1", "localhost", null)).isTrue();
  }

  @Test
  void refusesOthers() {
    assertThat(own("10.0.0.1", "localhost:8080", null)).isFalse();
    assertThat(own("127.0.0.1", "evil.example:8080", null)).isFalse();
    assertThat(own("127.0.0.1", "127.0.0.1.evil.example", null)).isFalse();
    assertThat(own("127.0.0.1", "localhost:8080", "http://evil.example")).isFalse();
    assertThat(own("127.0.0.1", "localhost:8080", "http://localhost:9999")).isFalse();
    assertThat(own("127.0.0.1", "localhost:8080", "null")).isFalse();
    assertThat(own("127.0.0.1", null, null)).isFalse();
    assertThat(Loopback.isOwn("127.0.0.1", "localhost", null, true)).isFalse();
  }
}
