package im.linnet.edge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.ReplaceableStore;
import im.linnet.edge.ops.Readiness.Scope;
import im.linnet.log.applied.AppliedOffsets;
import im.linnet.log.tail.TailMeters;
import im.linnet.log.tail.TailSettings;
import im.linnet.log.tail.TailState;
import im.linnet.log.tail.TailTask;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
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
      readiness.add("view", Scope.SESSIONS, Optional::empty);
      readiness.show("view", "lag", () -> 7);
      readiness.start();
      assertThat(json(readiness))
          .isEqualTo(
              "{\"ready\":true,\"reads\":\"ok\",\"checks\":"
                  + "{\"view\":{\"ok\":true,\"scope\":\"sessions\",\"lag\":7}}}");
      assertThat(readiness.check()).isEmpty();
    }
  }

  @Test
  void itIsReadyWhileOnlyTheStoreIsAwayAndSaysThatReadsAreDown() {
    try (Readiness readiness = new Readiness()) {
      readiness.add("kafka", Scope.SESSIONS, Optional::empty);
      readiness.add(
          "store",
          Scope.READS,
          () -> {
            throw new IllegalStateException("MongoDB has no primary");
          });
      readiness.add("clock", Scope.ADVICE, () -> Optional.of("off"));
      PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      readiness.bindTo(registry);
      readiness.start();
      assertThat(readiness.check()).isEmpty();
      assertThat(readiness.check(Scope.READS)).contains("store: MongoDB has no primary");
      assertThat(json(readiness))
          .startsWith("{\"ready\":true,\"reads\":\"down\"")
          .contains(
              "\"store\":{\"ok\":false,\"reason\":\"MongoDB has no primary\",\"scope\":\"reads\"}");
      assertThat(registry.scrape())
          .contains("linnet_check_ok{check=\"kafka\"} 1")
          .contains("linnet_check_ok{check=\"store\"} 0")
          .contains("linnet_check_ok{check=\"clock\"} 0");
    }
  }

  @Test
  void itIsNotReadyBeforeItsChecksRanNorWhileOneForSessionsFails() {
    try (Readiness readiness = new Readiness()) {
      readiness.add("kafka", Scope.SESSIONS, () -> Optional.of("is away"));
      readiness.add("tail", Scope.SESSIONS, Optional::empty);
      assertThat(readiness.check()).contains("kafka: not started; tail: not started");
      readiness.start();
      assertThat(readiness.check()).contains("kafka: is away");
      assertThat(readiness.check(Scope.READS)).isEmpty();
    }
  }

  @Test
  void aStoreThatIsAwayKeepsNoClientsAway() {
    ReplaceableStore store = new ReplaceableStore();
    ViewCheck check = new ViewCheck(store.reader(), store.view());
    assertThat(check.answers()).isEmpty();
    assertThat(check.isSame()).isEmpty();
    store.goesAway();
    assertThat(check.answers()).contains("away");
    assertThat(check.isSame()).isEmpty();
  }

  @Test
  void aReplacedViewKeepsClientsAway() {
    ReplaceableStore store = new ReplaceableStore();
    ViewCheck check = new ViewCheck(store.reader(), store.view());
    store.replace();
    assertThat(check.answers()).isPresent();
    assertThat(check.isSame())
        .hasValueSatisfying(why -> assertThat(why).contains("restart this edge"));
  }

  private static String json(Readiness readiness) {
    return new String(readiness.toJson(), StandardCharsets.UTF_8);
  }

  @Test
  void theLagIsCountedByTheTailAndAskedForOnceAtATime() {
    TailState state =
        new TailState(
            new TopicCatalogue(1, 1, 1),
            new TailSettings(1 << 20, Duration.ofSeconds(1), 1 << 24, Duration.ofSeconds(1)),
            new Random(1),
            System::nanoTime,
            new TailMeters(new SimpleMeterRegistry()));
    state.retain(0);
    state.takeWanted();
    state.begin(P2P, 10, 10, 10);
    state.advance(P2P, 15);
    Queue<TailTask> tasks = new ArrayDeque<>();
    ViewLag lag = new ViewLag(tasks::add, appliedTo(12));
    assertThat(lag.getAsLong()).isZero();
    assertThat(lag.getAsLong()).isZero();
    assertThat(tasks).hasSize(1);
    tasks.remove().run(state);
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
