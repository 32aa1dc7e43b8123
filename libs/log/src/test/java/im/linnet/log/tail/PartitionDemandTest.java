package im.linnet.log.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PartitionDemandTest {
  private final PartitionDemand interest = new PartitionDemand(100);

  @Test
  void onlyTheFirstSessionMakesAPartitionNew() {
    assertThat(interest.retain(3)).isTrue();
    assertThat(interest.retain(3)).isFalse();
    assertThat(interest.retain(4)).isTrue();
  }

  @Test
  void aPartitionLingersAfterTheLastSessionLeft() {
    interest.retain(3);
    interest.retain(3);
    interest.release(3, 1_000);
    assertThat(interest.expire(9_000)).isEmpty();
    interest.release(3, 10_000);
    assertThat(interest.expire(10_099)).isEmpty();
    assertThat(interest.expire(10_100)).containsExactly(3);
    assertThat(interest.expire(20_000)).isEmpty();
  }

  @Test
  void aSessionThatComesBackInTimeFindsItKept() {
    interest.retain(3);
    interest.release(3, 1_000);
    assertThat(interest.retain(3)).isFalse();
    assertThat(interest.expire(5_000)).isEmpty();
  }

  @Test
  void aReleaseTooManyIsAMistake() {
    interest.retain(3);
    interest.release(3, 0);
    assertThatThrownBy(() -> interest.release(3, 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> interest.release(4, 0)).isInstanceOf(IllegalStateException.class);
  }
}
