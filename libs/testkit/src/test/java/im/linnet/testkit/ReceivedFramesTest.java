package im.linnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReceivedFramesTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ReceivedFrames frames = new ReceivedFrames();

  @Test
  void a_wait_sees_what_came_before_it_and_what_comes_later() {
    frames.accept("{\"n\":1}\n{\"n\":2}");
    CompletableFuture<Integer> third =
        CompletableFuture.supplyAsync(
            () -> frames.await(3, frame -> frame.has("n"), LONG).getLast().get("n").asInt());
    frames.accept("{\"other\":true}\n{\"n\":3}\n");

    assertThat(third).succeedsWithin(LONG).isEqualTo(3);
    assertThat(frames.all()).hasSize(4);
  }

  @Test
  void a_wait_ends_with_its_time_and_shows_what_came() {
    frames.accept("{\"n\":1}");

    assertThatThrownBy(() -> frames.await(2, frame -> true, Duration.ofMillis(20)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("got 1 of 2")
        .hasMessageContaining("{\"n\":1}");
  }

  @Test
  void a_wait_ends_at_once_when_the_connection_does() {
    frames.end(1006, "gone");

    assertThatThrownBy(() -> frames.await(1, frame -> true, LONG))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1006");
  }

  @Test
  void the_close_frame_says_why_whatever_the_transport_says_then() {
    frames.accept("{\"op\":\"close\",\"code\":3001,\"reason\":\"slow_consumer\"}");
    assertThat(frames.closed()).isEmpty();
    frames.end(1000, "");

    assertThat(frames.awaitClosed(LONG)).isEqualTo(new RawClient.Closed(3001, "slow_consumer"));
  }

  @Test
  void a_wait_for_the_end_of_an_open_connection_is_bounded() {
    assertThatThrownBy(() -> frames.awaitClosed(Duration.ofMillis(20)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("still open");
  }
}
