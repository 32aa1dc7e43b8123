package im.linnet.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LaterTest {
  private static final int MANY = 200;

  @Test
  void allTasksShareOneDaemonThread() throws InterruptedException {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch done = new CountDownLatch(MANY);
    try (Later later = new Later()) {
      for (int i = 0; i < MANY; i++) {
        later.run(
            1,
            () -> {
              threads.add(Thread.currentThread());
              done.countDown();
            });
      }
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(threads).singleElement().matches(Thread::isDaemon);
    assertThat(threads).extracting(Thread::getName).containsExactly("linnet-edge-later");
  }

  @Test
  void aTaskThatFailsEndsNoOther() {
    CompletableFuture<Void> next = new CompletableFuture<>();
    try (Later later = new Later()) {
      later.run(
          0,
          () -> {
            throw new IllegalStateException("one task fails");
          });
      later.run(1, () -> next.complete(null));
      assertThat(next).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void afterTheCloseTasksAreDroppedInSilence() throws InterruptedException {
    CompletableFuture<Thread> first = new CompletableFuture<>();
    CompletableFuture<Void> dropped = new CompletableFuture<>();
    Later later = new Later();
    later.run(0, () -> first.complete(Thread.currentThread()));
    later.run(60_000, () -> dropped.complete(null));
    Thread thread = first.join();
    later.close();
    assertThatNoException().isThrownBy(() -> later.run(0, () -> dropped.complete(null)));
    assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
    assertThat(dropped).isNotDone();
  }
}
