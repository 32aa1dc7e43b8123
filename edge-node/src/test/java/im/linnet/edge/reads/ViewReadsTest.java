package im.linnet.edge.reads;

import static im.linnet.edge.ReplaceableStore.PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.edge.ReplaceableStore;
import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.session.SeenOffsets;
import im.linnet.log.LogPartition;
import im.linnet.log.applied.AppliedOffsets;
import im.linnet.records.StoreUnavailableException;
import im.linnet.schemas.StreamPartition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ViewReadsTest {
  private final ReplaceableStore store = new ReplaceableStore();
  private final String view = store.view();
  private long end = 1_200;
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
          new SharedEnds(
              partitions -> CompletableFuture.completedFuture(Map.of(LogPartition.of(PLACE), end))),
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

  @Test
  void aPlaceThatTheLogDoesNotReachIsWaitedForOnce() {
    store.fill(0, 1_000);
    SeenOffsets places = new SeenOffsets();
    places.saw(PLACE, 99_999_999_999L);
    end = 1_000;
    assertThatThrownBy(unread(places)::join).hasCauseInstanceOf(TimeoutException.class);
    assertThat(unread(places)).isCompletedWithValue(0L);
    places.saw(PLACE, 999);
    assertThat(places.seen(Set.of(PLACE))).containsOnly(Map.entry(PLACE, 999L));
  }

  @Test
  void aPlaceThatTheViewHasNotComeToIsWaitedForEachTime() {
    store.fill(0, 1_000);
    SeenOffsets places = new SeenOffsets();
    places.saw(PLACE, 1_100);
    assertThatThrownBy(unread(places)::join).hasCauseInstanceOf(TimeoutException.class);
    assertThatThrownBy(unread(places)::join).hasCauseInstanceOf(TimeoutException.class);
    assertThat(places.seen(Set.of(PLACE))).containsOnly(Map.entry(PLACE, 1_100L));
  }

  @Test
  void aPlaceThatTheQuestionIsNotAboutIsNotWaitedFor() {
    store.fill(0, 1_000);
    SeenOffsets places = new SeenOffsets();
    places.saw(new StreamPartition(PLACE.stream(), PLACE.partition() + 1), 1_100);
    assertThat(unread(places)).isCompletedWithValue(0L);
    places.saw(PLACE, 1_100);
    assertThatThrownBy(unread(places)::join).hasCauseInstanceOf(TimeoutException.class);
  }

  private CompletableFuture<Long> unread(SeenOffsets places) {
    return reads.read(places, Set.of(PLACE), reader -> reader.unread("bb").mutual());
  }

  private static void isRefused(CompletableFuture<Long> answer) {
    assertThatThrownBy(answer::join).hasCauseInstanceOf(StoreUnavailableException.class);
  }
}
