package im.linnet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CallbacksTest {
  private final List<Object> seen = new ArrayList<>();

  @Test
  void whatACallbackThrowsReachesWhoWaitsForIt() {
    IllegalStateException mistake = new IllegalStateException("mistake");
    CompletableFuture<String> future = new CompletableFuture<>();
    Callbacks.whenDone(
        future,
        (result, failure) -> {
          throw mistake;
        },
        seen::add);
    assertThat(seen).isEmpty();
    future.complete("done");
    assertThat(seen).containsExactly(mistake);
  }

  @Test
  void aCallbackGetsTheResultOrTheFailure() {
    Callbacks.whenDone(CompletableFuture.completedFuture("done"), (r, f) -> seen.add(r), seen::add);
    IllegalStateException down = new IllegalStateException("down");
    Callbacks.whenDone(CompletableFuture.failedFuture(down), (r, f) -> seen.add(f), seen::add);
    assertThat(seen).containsExactly("done", down);
  }

  @Test
  void aPeriodicTaskThatThrowsIsNotEndedByIt() {
    Runnable task =
        Callbacks.logged(
            () -> {
              throw new IllegalStateException("mistake");
            });
    assertThatCode(task::run).doesNotThrowAnyException();
  }
}
