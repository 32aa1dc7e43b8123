package im.linnet.edge.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.log.applied.AppliedOffsets;
import im.linnet.log.tail.TailMeters;
import im.linnet.log.tail.TailSettings;
import im.linnet.log.tail.TailState;
import im.linnet.records.Circle;
import im.linnet.records.CommandId;
import im.linnet.records.PairState;
import im.linnet.records.RelationReader;
import im.linnet.records.Relations;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoredRequest;
import im.linnet.records.StoredVerdict;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.BlockAct;
import im.linnet.schemas.event.BlockEvent;
import im.linnet.schemas.event.FriendAct;
import im.linnet.schemas.event.FriendEvent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The book of an edge with one user, {@code aa}; the view is read when the test says so. */
class RelationBookTest {
  private static final StreamPartition PLACE = new StreamPartition(Stream.MUTUAL, 0);
  private static final long TIME = 1_763_755_200_000L;

  private final TailState state =
      new TailState(
          new TopicCatalogue(1, 1, 1),
          new TailSettings(1 << 20, Duration.ofSeconds(30), 1 << 24, Duration.ofSeconds(1)),
          new Random(1),
          () -> 0,
          new TailMeters(new SimpleMeterRegistry()));
  private final ArrayDeque<Runnable> workers = new ArrayDeque<>();
  private final List<Relations> told = new ArrayList<>();
  private Supplier<Relations> view = () -> Relations.NONE;
  private long applied;
  private final RelationBook book =
      new RelationBook(
          task -> task.run(state),
          new AppliedOffsets() {
            @Override
            public long applied(StreamPartition partition) {
              return applied;
            }

            @Override
            public String view() {
              return "view";
            }

            @Override
            public CompletableFuture<Void> await(
                StreamPartition partition, long offset, Duration timeout) {
              throw new UnsupportedOperationException();
            }
          },
          new View(),
          workers::add,
          user -> 0,
          (user, relations) -> told.add(relations));

  private final class View implements RelationReader {
    @Override
    public Relations relations(String user) {
      return view.get();
    }

    @Override
    public List<StoredRequest> requests(String user, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, PairState> pairs(Collection<PairState> pairs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Integer> sizes(Circle circle, Collection<String> users) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<CommandId, StoredVerdict> verdicts(Collection<CommandId> commands) {
      throw new UnsupportedOperationException();
    }
  }

  /** The ring begins there. */
  private void begins(long offset) {
    state.takeWanted();
    assertThat(state.begin(PLACE, offset, offset, offset)).isTrue();
  }

  private void meets(long offset, InboxEvent fact) {
    state.ingest(
        PLACE,
        new LogRecord(
            Topic.MUTUAL,
            0,
            offset,
            TIME + offset,
            utf8("aa"),
            InboxEventCodec.encode(fact),
            new EventHeaders(
                utf8(fact.type()),
                utf8(fact.id("")),
                utf8(fact.source()),
                EventTime.format(TIME + offset),
                null)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static InboxEvent block(String from, String to) {
    return new BlockEvent(BlockAct.ADD, "b-" + from + to, from, to);
  }

  private static Relations blockedBy(String user) {
    return Relations.NONE.with(Circle.BLOCKED_BY, user, true);
  }

  private Set<String> known(Circle circle) {
    Relations relations = book.known("aa");
    assertThat(relations).isNotNull();
    return relations.of(circle);
  }

  @Test
  void whatWasReadIsCarriedOnByTheFactsInTheRing() {
    book.open("aa");
    begins(0);
    meets(0, block("bb", "aa"));
    assertThat(book.known("aa")).isNull();
    workers.remove().run();
    assertThat(known(Circle.BLOCKED_BY)).containsExactly("bb");
    meets(1, new FriendEvent(FriendAct.ACCEPT, "f", "aa", "cc", ""));
    assertThat(known(Circle.FRIENDS)).containsExactly("cc");
    assertThat(told).hasSize(2).last().isEqualTo(book.known("aa"));
  }

  @Test
  void whatTheViewHeldAlreadyChangesNothing() {
    view = () -> Relations.NONE.with(Circle.BLOCKED, "bb", true);
    book.open("aa");
    begins(0);
    meets(0, block("aa", "bb"));
    workers.remove().run();
    assertThat(known(Circle.BLOCKED)).containsExactly("bb");
  }

  @Test
  void aTailThatBeginsAnewWhileTheViewIsReadHidesNoFact() {
    book.open("aa");
    begins(0);
    view =
        () -> {
          // The answer is from before the fact at 2; the ring from after it.
          meets(2, block("bb", "aa"));
          state.restart(PLACE);
          applied = 5;
          begins(5);
          view = () -> blockedBy("bb");
          return Relations.NONE;
        };
    workers.remove().run();
    assertThat(book.known("aa")).as("it is read once more").isNull();
    workers.remove().run();
    assertThat(known(Circle.BLOCKED_BY)).containsExactly("bb");
    assertThat(workers).isEmpty();
  }

  @Test
  void relationsAreReadAnewOnceTheTailHasBegunAnew() {
    book.open("aa");
    begins(0);
    workers.remove().run();
    assertThat(known(Circle.BLOCKED_BY)).isEmpty();
    view = () -> blockedBy("bb");
    applied = 5;
    state.restart(PLACE);
    assertThat(book.known("aa")).isNull();
    assertThat(workers).isEmpty();
    begins(5);
    workers.remove().run();
    assertThat(known(Circle.BLOCKED_BY)).containsExactly("bb");
    assertThat(told).hasSize(2);
  }

  @Test
  void aReadThatFailsIsTriedAgainByTheNextOneWhoAsks() {
    view =
        () -> {
          throw new StoreUnavailableException("down", null);
        };
    book.open("aa");
    begins(0);
    CompletableFuture<Relations> first = book.load("aa");
    workers.remove().run();
    assertThatThrownBy(first::join).hasRootCauseInstanceOf(StoreUnavailableException.class);
    view = () -> blockedBy("bb");
    CompletableFuture<Relations> second = book.load("aa");
    CompletableFuture<Relations> third = book.load("aa");
    workers.remove().run();
    assertThat(second).isCompletedWithValue(blockedBy("bb"));
    assertThat(third).isCompletedWithValue(blockedBy("bb"));
    assertThat(workers).as("they share one read").isEmpty();
    assertThat(book.load("aa")).isCompletedWithValue(blockedBy("bb"));
  }

  @Test
  void aUserWithoutASessionIsReadAndNotKept() {
    view = () -> blockedBy("bb");
    CompletableFuture<Relations> load = book.load("zz");
    workers.remove().run();
    assertThat(load).isCompletedWithValue(blockedBy("bb"));
    assertThat(book.known("zz")).isNull();
  }

  @Test
  void relationsAreKeptUntilTheLastSessionEnds() {
    book.open("aa");
    book.open("aa");
    begins(0);
    workers.remove().run();
    assertThat(workers).isEmpty();
    book.close("aa");
    assertThat(book.known("aa")).isNotNull();
    book.close("aa");
    assertThat(book.known("aa")).isNull();
  }

  @Test
  void aReadForASessionThatHasEndedIsNotKept() {
    book.open("aa");
    begins(0);
    CompletableFuture<Relations> load = book.load("aa");
    book.close("aa");
    workers.remove().run();
    assertThat(load).isCompletedExceptionally();
    assertThat(book.known("aa")).isNull();
    assertThat(told).isEmpty();
  }
}
