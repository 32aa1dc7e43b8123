package im.linnet.edge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.log.AppliedOffsets;
import im.linnet.log.tail.TailCounters;
import im.linnet.log.tail.TailSettings;
import im.linnet.log.tail.TailState;
import im.linnet.log.tail.Turn;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final StreamPartition P2P = new StreamPartition(Stream.P2P, 0);

  @Test
  void aFigureIsShownAndNeverMakesItUnready() {
    try (Readiness readiness = new Readiness()) {
      readiness.add("kafka", Optional::empty);
      readiness.show("view", "lag", () -> 7);
      readiness.start();
      assertThat(new String(readiness.toJson(), StandardCharsets.UTF_8))
          .isEqualTo(
              "{\"ready\":true,\"checks\":{\"kafka\":{\"ok\":true},\"view\":{\"ok\":true,\"lag\":7}}}");
      assertThat(readiness.check()).isEmpty();
    }
  }

  @Test
  void theLagIsCountedByTheTailAndAskedForOnceAtATime() {
    TailState state =
        new TailState(
            new TopicCatalogue(1, 1, 1),
            new TailSettings(1 << 20, Duration.ofSeconds(1), 1 << 24, Duration.ofSeconds(1)),
            new Random(1),
            System::nanoTime,
            new TailCounters());
    state.retain(0);
    state.takeWanted();
    state.begin(P2P, 10, 10, 10);
    state.advance(P2P, 15);
    Queue<Turn> turns = new ArrayDeque<>();
    ViewLag lag = new ViewLag(turns::add, appliedTo(12));
    assertThat(lag.getAsLong()).isZero();
    assertThat(lag.getAsLong()).isZero();
    assertThat(turns).hasSize(1);
    turns.remove().run(state);
    assertThat(lag.getAsLong()).isEqualTo(3);
  }

  private static AppliedOffsets appliedTo(long next) {
    return new AppliedOffsets() {
      @Override
      public long applied(StreamPartition partition) {
        return next;
      }

      @Override
      public String view() {
        return "v";
      }

      @Override
      public CompletableFuture<Void> await(
          StreamPartition partition, long offset, Duration timeout) {
        return CompletableFuture.completedFuture(null);
      }
    };
  }
}
