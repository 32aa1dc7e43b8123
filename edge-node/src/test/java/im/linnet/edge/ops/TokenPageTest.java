package im.linnet.edge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

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
}
