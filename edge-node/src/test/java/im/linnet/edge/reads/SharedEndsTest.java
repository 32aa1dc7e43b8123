package im.linnet.edge.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.edge.ReplaceableStore;
import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.publish.FakePublisher;
import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.publish.LoggedBefore;
import im.linnet.edge.publish.SentBefore;
import im.linnet.log.LogEnds;
import im.linnet.log.LogPartition;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.applied.AppliedOffsets;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.MessageId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SharedEndsTest {
  private static final StreamPartition PLACE = new StreamPartition(Stream.P2P, 0);

  private final List<CompletableFuture<Map<LogPartition, Long>>> requests = new ArrayList<>();
  private boolean throwing;
  private final LogEnds kafka =
      new LogEnds() {
        @Override
        public CompletableFuture<Map<LogPartition, Long>> endOffsetsAsync(
            Collection<LogPartition> partitions) {
          if (throwing) {
            throw new IllegalStateException("closed");
          }
          CompletableFuture<Map<LogPartition, Long>> answer = new CompletableFuture<>();
          requests.add(answer);
          return answer;
        }
      };
  private final SharedEnds ends = new SharedEnds(kafka);

  private void answer(int request, long end) {
    requests.get(request).complete(Map.of(LogPartition.of(PLACE), end));
  }

  @Test
  void whoAsksWhileAnAnswerIsAwaitedIsToldWhatWasAskedAfterwards() {
    var first = ends.of(List.of(PLACE));
    var second = ends.of(List.of(PLACE));
    answer(0, 5);
    assertThat(first).isCompletedWithValue(Map.of(LogPartition.of(PLACE), 5L));
    assertThat(second).isNotDone();
    answer(1, 6);
    assertThat(second).isCompletedWithValue(Map.of(LogPartition.of(PLACE), 6L));
  }

  @Test
  void aQuestionThatThrowsAtOnceFailsAndTheNextIsAsked() {
    throwing = true;
    assertThatThrownBy(ends.of(List.of(PLACE))::join).hasMessageContaining("closed");
    throwing = false;
    var next = ends.of(List.of(PLACE));
    answer(0, 5);
    assertThat(next).isDone();
  }

  @Test
  void aHundredThousandRetriesAskKafkaTwice() {
    LoggedBefore log = new LoggedBefore(ends, new InboxPublisher(new FakePublisher()), reads());
    List<CompletableFuture<Optional<SentBefore.Found>>> found = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      found.add(log.find(new MessageId(Stream.P2P, "bb" + i % 10_000, "u" + i, "aa")));
    }
    answer(0, 0);
    answer(1, 0);
    assertThat(found).allMatch(CompletableFuture::isDone);
    assertThat(requests).hasSize(2);
  }

  private ViewReads reads() {
    return new ViewReads(
        new AppliedOffsets() {
          @Override
          public long applied(StreamPartition partition) {
            return Long.MAX_VALUE;
          }

          @Override
          public String view() {
            return "view";
          }

          @Override
          public CompletableFuture<Void> await(
              StreamPartition partition, long offset, Duration timeout) {
            return CompletableFuture.completedFuture(null);
          }
        },
        ends,
        new ReplaceableStore().reader(),
        Runnable::run,
        Duration.ofSeconds(2),
        new EdgeMetrics(new SimpleMeterRegistry()));
  }

  /** A Kafka in which one partition has no leader for now. */
  private static final class Leaderless implements LogEnds {
    final Map<LogPartition, CompletableFuture<Long>> silent =
        new ConcurrentHashMap<>(Map.of(LogPartition.of(PLACE), new CompletableFuture<>()));
    final List<LogPartition> asked = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<Map<LogPartition, Long>> endOffsetsAsync(
        Collection<LogPartition> partitions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<LogPartition, CompletableFuture<Long>> eachEndOffsetAsync(
        Collection<LogPartition> partitions) {
      asked.addAll(partitions);
      return partitions.stream()
          .collect(
              Collectors.toMap(
                  each -> each,
                  each -> silent.getOrDefault(each, CompletableFuture.completedFuture(5L))));
    }
  }

  @Test
  void aPartitionWithoutALeaderKeepsNobodyElseWaiting() throws Exception {
    LogPartition silent = LogPartition.of(PLACE);
    StreamPartition other = new StreamPartition(Stream.P2P, 1);
    Map<LogPartition, Long> answer = Map.of(LogPartition.of(other), 5L);
    Leaderless log = new Leaderless();
    SharedEnds shared = new SharedEnds(log, Duration.ofMillis(1));
    var stuck = shared.of(List.of(PLACE));
    for (int i = 0; i < 3; i++) {
      assertThat(shared.of(List.of(other)).get(10, TimeUnit.SECONDS)).isEqualTo(answer);
    }
    var both = shared.of(List.of(PLACE, other));
    assertThat(shared.of(List.of(other)).get(10, TimeUnit.SECONDS)).isEqualTo(answer);
    assertThat(stuck).isNotDone();
    assertThat(both).isNotDone();
    assertThat(log.asked).containsOnlyOnce(silent);

    CompletableFuture<Long> first = Objects.requireNonNull(log.silent.remove(silent));
    first.complete(7L);
    assertThat(stuck).isCompletedWithValue(Map.of(silent, 7L));
    assertThat(both.get(10, TimeUnit.SECONDS))
        .as("asked anew, since it came after the first question")
        .containsEntry(silent, 5L);
  }

  @Test
  void aFailureIsEverybodysWhoAskedWithIt() {
    var first = ends.of(List.of(PLACE));
    var second = ends.of(List.of(PLACE));
    requests
        .get(0)
        .completeExceptionally(
            new LogUnavailableException("down", new IllegalStateException("down")));
    assertThat(first).isCompletedExceptionally();
    answer(1, 6);
    assertThat(second).isCompleted();
  }
}
