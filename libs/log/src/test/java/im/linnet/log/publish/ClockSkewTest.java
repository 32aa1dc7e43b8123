package im.linnet.log.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
  private final ClockSkew skew = new ClockSkew(Duration.ofSeconds(20));

  @Test
  void knowsNothingWithoutSamples() {
    assertThat(skew.estimateMillis(1_000)).isZero();
  }

  @Test
  void isFooledByNoQueueingDelay() {
    // Published at 0, stamped after 8 s in the producer's queue, acknowledged at once.
    skew.sample(0, 8_000, 8_001);
    assertThat(skew.estimateMillis(8_001)).isZero();
    // Stamped at once, the ack took 8 s.
    skew.sample(10_000, 10_001, 18_000);
    assertThat(skew.estimateMillis(18_000)).isZero();
  }

  @Test
  void provesABrokerThatIsAhead() {
    skew.sample(0, 6_010, 20);
    assertThat(skew.estimateMillis(20)).isEqualTo(5_990);
  }

  @Test
  void provesABrokerThatIsBehind() {
    skew.sample(10_000, 4_010, 10_020);
    assertThat(skew.estimateMillis(10_020)).isEqualTo(-5_990);
  }

  @Test
  void onePromptSampleAmongSlowOnesCounts() {
    skew.sample(0, 9_000, 3_500);
    skew.sample(3_500, 9_510, 3_520);
    skew.sample(3_600, 12_000, 6_500);
    assertThat(skew.estimateMillis(6_500)).isEqualTo(5_990);
  }

  @Test
  void forgetsAfterTheWindow() {
    skew.sample(0, 6_010, 20);
    assertThat(skew.estimateMillis(9_000)).isEqualTo(5_990);
    assertThat(skew.estimateMillis(30_000)).isZero();
  }

  @Test
  void followsAClockThatWasSet() {
    skew.sample(0, 10_000, 10);
    skew.sample(10_020, 10_030, 10_040);
    assertThat(Math.abs(skew.estimateMillis(10_040))).isLessThan(20);
  }
}
