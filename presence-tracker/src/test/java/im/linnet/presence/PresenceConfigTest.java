package im.linnet.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import im.linnet.schemas.TopicCatalogue;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PresenceConfigTest {
  @Test
  void defaults() {
    assertThat(PresenceConfig.DEFAULT)
        .isEqualTo(
            new PresenceConfig(
                "presence-1",
                TopicCatalogue.DEFAULT,
                "127.0.0.1:0",
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                2_000,
                1_000,
                Duration.ofMillis(500)));
  }

  @Test
  void refusesAnEmptyInstance() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PresenceConfig.DEFAULT.withInstance(" "))
        .withMessageContaining("(--instance)");
  }

  @Test
  void refusesAContactGapThatHidesATimeOut() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PresenceConfig(
                    "p",
                    TopicCatalogue.EMBEDDED,
                    "a:1",
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    1,
                    1,
                    Duration.ofMillis(1)))
        .withMessageContaining("(--contact-gap)");
  }
}
