package im.linnet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9000,127.0.0.1,9000",
    "localhost:1,localhost,1",
    "edge_1.example.org:65535,edge_1.example.org,65535",
    "[::1]:9000,::1,9000",
    "[2001:db8::1]:9000,2001:db8::1,9000",
    "[::ffff:127.0.0.1]:1,::ffff:127.0.0.1,1",
    "[fe80::1%eth0]:1,fe80::1%eth0,1"
  })
  void anAddressIsReadAndPrintedAlike(String text, String host, int port) {
    ServerAddress address = ServerAddress.parse(text);

    assertThat(address).isEqualTo(new ServerAddress(host, port)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "h",
        "h:",
        ":1",
        "::1",
        "::1:1",
        "[::1",
        "[::1:1",
        "[::1]",
        "[::1]1",
        "[h]:1",
        "[127.0.0.1]:1",
        "h:0",
        "h:65536",
        "h:+1",
        "h:١",
        "http://h:1",
        "u@h:1",
        "a b:1",
        "h/:1",
        "1.2.3:1",
        "256.1.1.1:1",
        "0x7f.1:1/",
        "-h:1",
        "[:::1]:1",
        "[1::2::3]:1"
      })
  void anythingElseIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ServerAddress.parse(text));
  }

  @Test
  void aHostMayStandInBrackets() {
    assertThat(ServerAddress.host("[::1]")).isEqualTo("::1");
    assertThat(ServerAddress.host("::")).isEqualTo("::");
    assertThatIllegalArgumentException().isThrownBy(() -> ServerAddress.host("[h]"));
  }
}
