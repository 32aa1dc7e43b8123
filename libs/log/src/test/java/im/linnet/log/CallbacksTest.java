package im.linnet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CallbacksTest {
  private final List<Object> seen = new ArrayList<>();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger log = (Logger) LoggerFactory.getLogger(Callbacks.class);

  @BeforeEach
  void listen() {
    logged.start();
    log.addAppender(logged);
  }

  @AfterEach
  void stop() {
    log.detachAppender(logged);
  }

  private void assertTheMistakeIsLogged() {
    assertThat(logged.list)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getLevel()).isEqualTo(Level.ERROR);
              assertThat(event.getThrowableProxy().getMessage()).isEqualTo("mistake");
            });
  }

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
    assertTheMistakeIsLogged();
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
    assertTheMistakeIsLogged();
  }

  @Test
  void aFailureIsThrownWithoutTheWrapperOfAFuture() {
    RuntimeException own = new IllegalStateException("own");
    Exception checked = new Exception("checked");
    CompletionException wrapped = new CompletionException(checked);
    assertThat(Callbacks.unchecked(new CompletionException(own))).isSameAs(own);
    assertThat(Callbacks.unchecked(new ExecutionException(own))).isSameAs(own);
    assertThat(Callbacks.unchecked(own)).isSameAs(own);
    assertThat(Callbacks.unchecked(wrapped)).isSameAs(wrapped);
    assertThat(Callbacks.unchecked(checked)).hasCause(checked);
  }
}
