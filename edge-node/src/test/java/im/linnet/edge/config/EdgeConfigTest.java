package im.linnet.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.schemas.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EdgeConfigTest {
  private static final SigningSecret SECRET = new SigningSecret(new byte[32]);

  @Test
  void pinsEveryDefault() {
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(EdgeConfig.of("edge-1", EdgeConfig.Auth.ofSecret(SECRET)))
        .isEqualTo(
            new EdgeConfig(
                "edge-1",
                new EdgeConfig.Listeners(
                    "0.0.0.0",
                    9000,
                    8080,
                    null,
                    cores,
                    100_000,
                    null,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60)),
                new EdgeConfig.Sessions(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(25),
                    256,
                    262_144,
                    1_000,
                    256,
                    1_000,
                    new Limits(65_536, 32_768, 20_000, 200, 200, 50)),
                new EdgeConfig.Auth(
                    SECRET,
                    null,
                    Duration.ofMinutes(10),
                    ExpectedClaims.ANY,
                    Duration.ZERO,
                    false,
                    Duration.ofDays(30)),
                new EdgeConfig.Publishing(50_000, Duration.ofSeconds(1)),
                new EdgeConfig.Reads(8, 1_000, Duration.ofSeconds(2)),
                new EdgeConfig.Tail(67_108_864, 65_536)));
  }

  @Test
  void namesTheKeyThatIsWrong() {
    assertThatThrownBy(() -> EdgeConfig.of("a b", EdgeConfig.Auth.ofSecret(SECRET)))
        .hasMessageStartingWith("edge: ");
    assertThatThrownBy(() -> new SigningSecret(new byte[31]))
        .hasMessageStartingWith("auth.secret: ");
    assertThatThrownBy(() -> EdgeConfig.Auth.of(null, null, ExpectedClaims.ANY))
        .hasMessageStartingWith("auth.secret: ");
    assertThatThrownBy(() -> EdgeConfig.Auth.of(null, "keys.json", ExpectedClaims.ANY))
        .hasMessageStartingWith("auth.expected.audiences: ");
    assertThatThrownBy(() -> ExpectedClaims.audience(" "))
        .hasMessageStartingWith("auth.expected.audiences: ");
    assertThatThrownBy(() -> EdgeConfig.Listeners.DEFAULT.withAddress("h", 8080, 8080))
        .hasMessageStartingWith("listeners.httpPort: ");
    assertThatThrownBy(
            () -> EdgeConfig.Sessions.DEFAULT.withTimes(Duration.ZERO, Duration.ofSeconds(25)))
        .hasMessageStartingWith("sessions.authTimeout: ");
    assertThatThrownBy(
            () ->
                EdgeConfig.of(
                    "e",
                    EdgeConfig.Auth.of(null, "keys.json", ExpectedClaims.audience("linnet"))
                        .issuingTokens()))
        .hasMessageStartingWith("auth.issueTokens: ");
    assertThatThrownBy(() -> new EdgeConfig.Tail(1, 0)).hasMessageStartingWith("tail.ringBytes: ");
    assertThatThrownBy(() -> new EdgeConfig.Reads(0, 1, Duration.ofSeconds(1)))
        .hasMessageStartingWith("reads.workers: ");
    assertThatThrownBy(() -> new EdgeConfig.Publishing(0, Duration.ofSeconds(1)))
        .hasMessageStartingWith("publishing.inFlight: ");
  }

  @Test
  void printsNoSecret() {
    assertThat(EdgeConfig.Auth.ofSecret(SECRET).toString()).contains("(32 bytes)");
  }
}
