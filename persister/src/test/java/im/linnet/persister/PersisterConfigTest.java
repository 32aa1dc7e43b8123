package im.linnet.persister;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import im.linnet.schemas.TopicCatalogue;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PersisterConfigTest {
  @Test
  void defaults() {
    assertThat(PersisterConfig.DEFAULT)
        .isEqualTo(
            new PersisterConfig(
                "persister-1",
                "linnet-persister",
                new TopicCatalogue(64, 64, 64),
                2_000,
                Duration.ofMillis(20),
                Duration.ofSeconds(5),
                20_000));
  }

  @Test
  void aPersisterAloneHasAGroupOfItsOwn() {
    PersisterConfig alone = PersisterConfig.DEFAULT.withInstance("up-1").alone();

    assertThat(alone.group()).isEqualTo("linnet-persister-up-1");
    assertThat(alone.withCatalogue(TopicCatalogue.EMBEDDED).group()).isEqualTo(alone.group());
  }

  @Test
  void refusesAnEmptyInstance() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersisterConfig.DEFAULT.withInstance(""))
        .withMessageContaining("(--instance)");
  }

  @Test
  void refusesAnEmptyBatch() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PersisterConfig(
                    "p", "g", TopicCatalogue.EMBEDDED, 0, Duration.ZERO, Duration.ofSeconds(1), 2))
        .withMessageContaining("(--apply-batch)");
  }
}
