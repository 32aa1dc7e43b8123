package im.linnet.edge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenPageTest {
  private static boolean mayAsk(int own, int asking) {
    return TokenPage.mayAsk(own, OptionalInt.of(asking));
  }

  @Test
  void givesTokensToTheServersOwnUserAndTheSuperuserOnly() {
    assertThat(mayAsk(1_000, 1_000)).isTrue();
    assertThat(mayAsk(1_000, 0)).isTrue();
    assertThat(mayAsk(1_000, 33)).isFalse();
    assertThat(mayAsk(1_000, 65_534)).isFalse();
  }

  @Test
  void asksForNoUserWhereTheSuperuserServesOrNobodyTells() {
    assertThat(mayAsk(0, 33)).isTrue();
    assertThat(TokenPage.mayAsk(1_000, OptionalInt.empty())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "\"aa\"",
        "{\"clientId\":5}",
        "{\"clientId\":[\"aa\"]}",
        "{\"clientId\":\"aa\"} x",
        "{\"clientId\":\"aa\"}{\"clientId\":\"bb\"}",
        "{\"clientId\":\"aa\",\"clientId\":\"bb\"}"
      })
  void aBodyThatNamesNobodyOrTwoNamesNobody(String body) {
    assertThat(TokenPage.user(Buffer.buffer(body))).isEmpty();
  }

  @Test
  void aBodyNamesAUser() {
    assertThat(TokenPage.user(Buffer.buffer(" {\"clientId\":\"aa\",\"x\":1}\n"))).isEqualTo("aa");
  }
}
