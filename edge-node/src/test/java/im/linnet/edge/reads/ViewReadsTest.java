package im.linnet.edge.reads;

import static im.linnet.edge.ReplaceableStore.PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.edge.ReplaceableStore;
import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.log.AppliedOffsets;
import im.linnet.records.StoreUnavailableException;
import im.linnet.schemas.StreamPartition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ViewReadsTest {
  private final ReplaceableStore store = new ReplaceableStore();
  private final String view = store.view();
  private final ViewReads reads =
      new ViewReads(
          new AppliedOffsets() {
            @Override
            public long applied(StreamPartition partition) {
              return 1_000;
            }

            @Override
            public String view() {
              return view;
            }

            @Override
            public CompletableFuture<Void> await(
                StreamPartition partition, long offset, Duration timeout) {
              return CompletableFuture.failedFuture(new TimeoutException("late"));
            }
          },
          store.reader(),
          Runnable::run,
          Duration.ofSeconds(2),
          new EdgeMetrics(new SimpleMeterRegistry()));

  private CompletableFuture<Long> mutual(Map<StreamPartition, Long> seen) {
    return reads.read(seen, reader -> reader.unread("aa").mutual());
  }

  @Test
  void anAnswerIsGivenOnlyByAViewThatHoldsWhatWasSeen() {
    store.fill(0, 10);
    assertThat(mutual(Map.of(PLACE, 9L))).isCompletedWithValue(0L);
    assertThat(store.asked()).containsExactly("unread", "requireView");
    isRefused(mutual(Map.of(PLACE, 10L)));
  }

  @Test
  void aViewThatWasMadeAnewAnswersNothingThatWasPromised() {
    store.fill(0, 10);
    store.replace();
    store.fill(0, 10);
    isRefused(mutual(Map.of(PLACE, 9L)));
  }

  @Test
  void whoWasPromisedNothingCostsNoSecondLookUp() {
    assertThat(mutual(Map.of())).isCompletedWithValue(0L);
    assertThat(store.asked()).containsExactly("unread");
  }

  private static void isRefused(CompletableFuture<Long> answer) {
    assertThatThrownBy(answer::join).hasCauseInstanceOf(StoreUnavailableException.class);
  }
}
