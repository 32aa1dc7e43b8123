package im.linnet.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From each of its states, what a signal and a failure do. */
@Timeout(20)
class ForegroundTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final StringWriter out = new StringWriter();
  private final FakeNode node = new FakeNode();
  private final Foreground foreground =
      new Foreground(node, new PrintWriter(out), () -> {}, Duration.ofSeconds(10));

  @Test
  void starting_and_a_signal_interrupts_the_start_and_closes() throws Exception {
    node.startBlocks = true;
    CompletableFuture<Integer> run = CompletableFuture.supplyAsync(foreground::run);
    node.starts.await();

    assertThat(foreground.stopOnSignal(LIMIT)).isZero();
    assertThat(run.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(node.closed).isEqualTo(1);
    assertThat(node.closedInterrupted).isFalse();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_signal_before_the_start_and_nothing_starts() {
    assertThat(foreground.stopOnSignal(Duration.ZERO)).isEqualTo(1);

    assertThat(foreground.run()).isZero();
    assertThat(node.starts.getCount()).isEqualTo(1);
    assertThat(node.closed).isEqualTo(1);
  }

  @Test
  void ready_and_a_signal_closes_without_an_interrupt() throws Exception {
    CompletableFuture<Integer> run = CompletableFuture.supplyAsync(foreground::run);
    node.announced.await();

    assertThat(foreground.stopOnSignal(LIMIT)).isZero();
    assertThat(run.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(node.closed).isEqualTo(1);
    assertThat(node.closedInterrupted).isFalse();
    assertThat(out.toString()).startsWith("ready");
  }

  @Test
  void starting_and_a_failure_is_thrown_after_the_close() {
    node.startFails = true;

    assertThatThrownBy(foreground::run).hasMessage("no broker");
    assertThat(node.closed).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void ready_and_a_failure_is_thrown_after_the_close() {
    node.failure.completeExceptionally(new IllegalStateException("fenced"));

    assertThatThrownBy(foreground::run).hasMessage("fenced");
    assertThat(node.closed).isEqualTo(1);
  }

  @Test
  void ready_and_a_failure_is_announced_before_the_close() {
    List<Integer> closedThen = new ArrayList<>();
    node.failure.completeExceptionally(new IllegalStateException("fenced"));

    assertThatThrownBy(
            new Foreground(
                    node,
                    new PrintWriter(out),
                    () -> closedThen.add(node.closed),
                    Duration.ofSeconds(10))
                ::run)
        .hasMessage("fenced");
    assertThat(closedThen).isNotEmpty().containsOnly(0);
  }

  @Test
  void starting_and_a_part_fails_interrupts_the_start_and_is_told() throws Exception {
    node.startBlocks = true;
    CompletableFuture<Integer> run = CompletableFuture.supplyAsync(foreground::run);
    node.starts.await();
    node.failure.completeExceptionally(new IllegalStateException("the disk is full"));

    assertThatThrownBy(() -> run.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("the disk is full");
    assertThat(node.closed).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void ready_and_a_failure_is_thrown_though_the_close_never_ends() {
    node.closeBlocks = new CountDownLatch(1);
    node.failure.completeExceptionally(new IllegalStateException("the disk is full"));

    assertThatThrownBy(
            new Foreground(node, new PrintWriter(out), () -> {}, Duration.ofMillis(50))::run)
        .hasMessage("the disk is full");
    assertThat(node.closed).isZero();
  }

  @Test
  void a_stop_that_takes_too_long_is_1() throws Exception {
    node.closeBlocks = new CountDownLatch(1);
    CompletableFuture<Integer> run = CompletableFuture.supplyAsync(foreground::run);
    node.announced.await();

    assertThat(foreground.stopOnSignal(Duration.ofMillis(50))).isEqualTo(1);
    node.closeBlocks.countDown();
    assertThat(run.get(10, TimeUnit.SECONDS)).isZero();
  }

  /** A node that does nothing, or waits as the real ones do. */
  private static final class FakeNode implements Node {
    private final CountDownLatch starts = new CountDownLatch(1);
    private final CountDownLatch announced = new CountDownLatch(1);
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private volatile CountDownLatch closeBlocks = new CountDownLatch(0);
    private volatile boolean startBlocks;
    private volatile boolean startFails;
    private volatile int closed;
    private volatile boolean closedInterrupted;

    @Override
    public void start() {
      starts.countDown();
      if (startFails) {
        throw new IllegalStateException("no broker");
      }
      if (startBlocks) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted while waiting", e);
        }
      }
    }

    @Override
    public Optional<String> check() {
      return Optional.empty();
    }

    @Override
    public String announcement() {
      announced.countDown();
      return "ready";
    }

    @Override
    public CompletableFuture<Void> failure() {
      return failure;
    }

    @Override
    public void close() {
      closedInterrupted = Thread.currentThread().isInterrupted();
      try {
        closeBlocks.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      closed = closed + 1;
    }
  }
}
