package im.linnet.edge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FrameOutboxTest {
  private static final FrameOutbox.Bounds BOUNDS = new FrameOutbox.Bounds(1_000, 20);

  private final FakeConnection connection = new FakeConnection();
  private final AtomicInteger slow = new AtomicInteger();
  private final List<Long> latencies = new ArrayList<>();
  private final FrameOutbox outbox = new FrameOutbox(connection, BOUNDS, listener(slow));

  private FrameOutbox.Listener listener(AtomicInteger overruns) {
    return new FrameOutbox.Listener() {
      @Override
      public void written(long latencyMillis) {
        latencies.add(latencyMillis);
      }

      @Override
      public void slow() {
        overruns.incrementAndGet();
      }
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void measuresTheOldestPushOfEachWriteFromTheBrokersTimeToTheWrite() {
    long now = System.currentTimeMillis();
    outbox.offer(bytes("reply"));
    assertThat(outbox.push(bytes("p1"), now - 60_000)).isTrue();
    outbox.push(bytes("p2"), now - 30_000);
    assertThat(latencies).isEmpty();
    connection.turn();
    assertThat(latencies).hasSize(1).allMatch(each -> each >= 60_000);
    outbox.offer(bytes("reply"));
    connection.turn();
    assertThat(latencies).hasSize(1);
    outbox.push(bytes("p3"), now - 10_000);
    connection.turn();
    assertThat(latencies).hasSize(2).last().matches(each -> each >= 10_000 && each < 60_000);
  }

  @Test
  void gathersTheFramesOfATurnIntoOneWrite() {
    for (int i = 0; i < 10; i++) {
      assertThat(outbox.offer(bytes("f" + i))).isTrue();
    }
    assertThat(connection.written()).isEmpty();
    connection.turn();
    assertThat(connection.batches()).containsExactly(10);
  }

  @Test
  void keepsOrderAndBoundWhateverTheSocketDoes() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      FakeConnection socket = new FakeConnection();
      AtomicInteger overrun = new AtomicInteger();
      FrameOutbox each = new FrameOutbox(socket, BOUNDS, listener(overrun));
      List<String> taken = new ArrayList<>();
      int waitingFrames = 0;
      for (int step = 0; step < 200; step++) {
        switch (random.nextInt(4)) {
          case 0 -> socket.turn();
          case 1 -> socket.full();
          case 2 -> socket.drained();
          default -> {
            String frame = step + "-" + "x".repeat(random.nextInt(100));
            if (random.nextBoolean() && overrun.get() == 0) {
              each.offerLate(() -> bytes(frame));
              taken.add(frame);
            } else if (each.offer(bytes(frame))) {
              taken.add(frame);
            }
          }
        }
        waitingFrames = taken.size() - socket.written().size();
        assertThat(socket.written())
            .as("seed %d", seed)
            .isEqualTo(taken.subList(0, taken.size() - waitingFrames));
        if (overrun.get() == 0) {
          assertThat(waitingFrames).isLessThanOrEqualTo(BOUNDS.frames());
        } else {
          break;
        }
      }
      assertThat(overrun.get()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void tellsOnceOfAFrameThatPassesTheBoundAndTakesNoMore() {
    connection.full();
    assertThat(outbox.offer(bytes("f"))).isTrue();
    connection.turn();
    for (int i = 1; i < BOUNDS.frames(); i++) {
      assertThat(outbox.offer(bytes("f"))).isTrue();
    }
    assertThat(outbox.offer(bytes("f"))).isFalse();
    assertThat(outbox.offer(bytes("f"))).isFalse();
    assertThat(slow).hasValue(1);
    assertThat(outbox.drain()).isEmpty();
  }

  @Test
  void countsBytesAgainstTheBound() {
    connection.full();
    assertThat(outbox.offer(new byte[1_000])).isTrue();
    connection.turn();
    assertThat(outbox.offer(new byte[1])).isFalse();
  }

  @Test
  void takesOneFrameThatIsLargerThanTheWholeBoundAndNoOtherBehindIt() {
    connection.full();
    assertThat(outbox.offer(new byte[250])).isTrue();
    connection.turn();
    assertThat(outbox.room()).isCompleted();
    assertThat(outbox.offer(new byte[1_000_000])).isTrue();
    assertThat(outbox.room()).isNotDone();
    connection.drained();
    assertThat(connection.written()).hasSize(2);
    connection.full();
    assertThat(outbox.offer(new byte[1_000_000])).isTrue();
    connection.turn();
    assertThat(outbox.offer(new byte[1])).isFalse();
  }

  @Test
  void takesABurstWhileTheSocketIsNotFullAndOnlyTheLoopIsBehind() {
    for (int i = 0; i < 8 * BOUNDS.frames(); i++) {
      assertThat(outbox.offer(bytes("f"))).isTrue();
    }
    assertThat(outbox.offer(bytes("f"))).isFalse();
    assertThat(slow).hasValue(1);
  }

  @Test
  void givesRoomOnceAQuarterIsUsed() {
    connection.full();
    assertThat(outbox.room()).isCompleted();
    outbox.offer(new byte[900]);
    connection.turn();
    CompletableFuture<Void> room = outbox.room();
    assertThat(room).isNotDone();
    connection.drained();
    assertThat(room).isCompleted();
  }

  @Test
  void cancelsWhoWaitsForRoomWhenItIsSealed() {
    connection.full();
    outbox.offer(new byte[900]);
    CompletableFuture<Void> room = outbox.room();
    outbox.seal();
    assertThat(room).isCompletedExceptionally();
    assertThatThrownBy(() -> outbox.room().join()).isInstanceOf(CancellationException.class);
    assertThat(outbox.offer(bytes("f"))).isFalse();
    assertThat(outbox.drain()).hasSize(1);
  }

  @Test
  void buildsWhatIsOfferedLateInItsPlaceAndInOneTurn() {
    outbox.offer(bytes("a"));
    outbox.offerLate(() -> bytes("b"));
    outbox.offer(bytes("c"));
    outbox.offerLate(() -> bytes("d"));
    assertThat(connection.tasks()).as("one turn for all").isEqualTo(1);
    connection.turn();
    assertThat(connection.written()).containsExactly("a", "b", "c", "d");
    assertThat(connection.batches()).containsExactly(4);
  }

  @Test
  void countsTheBytesOfWhatIsOfferedLateAlsoWhileTheSocketIsFull() {
    connection.full();
    for (int i = 0; i < 4; i++) {
      outbox.offerLate(() -> new byte[400]);
      connection.turn();
    }
    assertThat(slow).hasValue(1);
    assertThat(outbox.offer(bytes("x"))).isFalse();
    assertThat(outbox.room()).isCompletedExceptionally();
  }

  @Test
  void buildsBesideWhatIsOfferedMeanwhile() {
    outbox.offerLate(
        () -> {
          outbox.offer(bytes("b"));
          outbox.offerLate(() -> bytes("c"));
          return bytes("a");
        });
    connection.turn();
    assertThat(connection.written()).containsExactly("a", "b", "c");
  }

  @Test
  void handsOverWhatWasOfferedLateBeforeTheEnd() {
    outbox.offerLate(() -> bytes("a"));
    outbox.seal();
    outbox.offerLate(() -> bytes("b"));
    assertThat(outbox.drain()).containsExactly(bytes("a"));
  }

  @Test
  void dropsWhatIsForAClientThatHasSaidGoodbyeAndGathersNoMore() {
    outbox.offer(bytes("f"));
    connection.saysGoodbye();
    connection.turn();
    assertThat(connection.written()).isEmpty();
    assertThat(outbox.offer(bytes("f"))).isFalse();
    assertThat(outbox.room()).isCompletedExceptionally();
    assertThat(slow).hasValue(0);
  }
}
