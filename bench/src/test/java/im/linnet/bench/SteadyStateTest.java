package im.linnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SteadyStateTest {
  private final SteadyState steady = new SteadyState();

  @Test
  void waitsWhileACostFalls() {
    for (double cost = 400; cost > 100; cost *= 0.9) {
      assertThat(steady.reachedWith(cost)).isFalse();
    }
  }

  @Test
  void isReachedByFourWindowsThatDoNotFall() {
    assertThat(steady.reachedWith(300)).isFalse();
    assertThat(steady.reachedWith(200)).isFalse();
    assertThat(steady.reachedWith(198)).isFalse();
    assertThat(steady.reachedWith(230)).isFalse();
    assertThat(steady.reachedWith(201)).isFalse();
    assertThat(steady.reachedWith(199)).isTrue();
  }

  @Test
  void beginsAnewWithEachFall() {
    assertThat(steady.reachedWith(300)).isFalse();
    assertThat(steady.reachedWith(310)).isFalse();
    assertThat(steady.reachedWith(305)).isFalse();
    assertThat(steady.reachedWith(304)).isFalse();
    assertThat(steady.reachedWith(250)).isFalse();
    assertThat(steady.reachedWith(249)).isFalse();
  }
}
