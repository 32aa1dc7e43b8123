package im.linnet.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.schemas.Limits;
import im.linnet.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EdgeConfigTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final SigningSecret SECRET = new SigningSecret(new byte[32]);

  @Test
  void pinsEveryDefault() {
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(EdgeConfig.of("edge-1", AuthSettings.ofSecret(SECRET)))
        .isEqualTo(
            new EdgeConfig(
                "edge-1",
                new ListenerSettings(
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
                new SessionSettings(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(25),
                    256,
                    262_144,
                    1_000,
                    256,
                    1_000,
                    Duration.ofMinutes(2),
                    new Limits(65_536, 32_768, 20_000, 200, 200, 50, 120_000)),
                new AuthSettings(
                    SECRET,
                    null,
                    Duration.ofMinutes(10),
                    ExpectedClaims.ANY,
                    Duration.ZERO,
                    false,
                    Duration.ofDays(30)),
                new PublishSettings(50_000, Duration.ofSeconds(1)),
                new ReadSettings(8, 1_000, Duration.ofSeconds(2), Duration.ofSeconds(1)),
                new RingSettings(
                    67_108_864,
                    65_536,
                    Duration.ofSeconds(60),
                    134_217_728,
                    Duration.ofSeconds(15)),
                new AttachSettings(
                    256,
                    20_000,
                    20_000,
                    500,
                    98_304,
                    Duration.ofSeconds(30),
                    32,
                    100_000,
                    16,
                    Duration.ofSeconds(1)),
                P2pPolicy.ANYONE));
  }

  @Test
  void namesTheFlagThatIsWrong() {
    AuthSettings auth = AuthSettings.ofSecret(SECRET);
    EdgeConfig config = EdgeConfig.of("e", auth);
    assertThatThrownBy(() -> EdgeConfig.of("a b", auth)).hasMessageContaining("(--edge-id)");
    assertThatThrownBy(() -> new SigningSecret(new byte[31]))
        .hasMessageStartingWith("auth.secret: ");
    assertThatThrownBy(() -> AuthSettings.of(null, null, ExpectedClaims.ANY))
        .hasMessageContaining("(--token-secret-file)");
    assertThatThrownBy(() -> AuthSettings.of(null, "keys.json", ExpectedClaims.ANY))
        .hasMessageContaining("(--jwt-audience)");
    assertThatThrownBy(() -> ExpectedClaims.audience(" "))
        .hasMessageStartingWith("auth.expected.audiences: ");
    assertThatThrownBy(() -> ListenerSettings.DEFAULT.withAddress("h", 8080, 8080))
        .hasMessageContaining("(--http-port)");
    assertThatThrownBy(() -> ListenerSettings.DEFAULT.at("h", 0, 0, null, 10_000_001, null))
        .hasMessageContaining("(--connections)");
    assertThatThrownBy(
            () ->
                AuthSettings.of(null, "keys.json", ExpectedClaims.audience("linnet"))
                    .issuingTokens())
        .hasMessageContaining("(--token-secret-file)");
    assertThatThrownBy(() -> Settings.with(config, Map.of("--auth-timeout", Duration.ZERO)::get))
        .hasMessage("0s is too short (--auth-timeout): give 50ms to 10m");
    assertThatThrownBy(() -> new RingSettings(1, 0, Duration.ZERO, 1 << 20, SECOND))
        .hasMessageContaining("(--ring-bytes)");
    assertThatThrownBy(() -> new ReadSettings(0, 1, SECOND, Duration.ofSeconds(1)))
        .hasMessage("0 is too small (--view-workers): give 1 to 1000");
    assertThatThrownBy(() -> new PublishSettings(0, SECOND))
        .hasMessageContaining("(--sends-in-flight)");
    assertThatThrownBy(() -> Settings.with(config, Map.of("--outbox-bytes", 131_071)::get))
        .hasMessage("131071 is too small (--outbox-bytes): give 131072 to 1073741824");
    assertThat(2 * Limits.DEFAULT.frame()).isEqualTo(131_072);
  }

  /** A value that differs from its default arrives in the record, whichever setting it is. */
  @Test
  void eachSettingIsTakenFromOutside() {
    EdgeConfig config = EdgeConfig.of("e", AuthSettings.ofSecret(SECRET));
    for (Settings.Item item : Settings.of(EdgeConfig.class)) {
      EdgeConfig other =
          Settings.with(config, flag -> flag.equals(item.about().flag()) ? item.most() : null);

      assertThat(other).as(item.about().flag()).isNotEqualTo(config);
    }
  }

  @Test
  void printsNoSecret() {
    assertThat(AuthSettings.ofSecret(SECRET).toString()).contains("(32 bytes)");
  }
}
