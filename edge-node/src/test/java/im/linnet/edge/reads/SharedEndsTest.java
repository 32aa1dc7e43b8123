package im.linnet.edge.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.edge.ReplaceableStore;
import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.publish.FakePublisher;
import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.publish.LoggedBefore;
import im.linnet.edge.publish.SentBefore;
import im.linnet.log.AppliedOffsets;
import im.linnet.log.LogEnds;
import im.linnet.log.LogPartition;
import im.linnet.log.LogUnavailableException;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
      found.add(log.find(Stream.P2P, "bb" + i % 10_000, "u" + i, "aa"));
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
