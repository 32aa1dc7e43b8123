package im.linnet.edge.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.edge.ReplaceableStore;
import im.linnet.records.RecordPlanner;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.CreatedEvent;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.TopicAct;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoreBacklogTest {
  private static final int PAGE = 8;

  private final ReplaceableStore store = new ReplaceableStore();
  private final SimSession session = new SimSession("s", "aa");
  private final PartitionCursor lane = new UserCursor(ReplaceableStore.PLACE, "aa");

  private StoreBacklog backlog(String view, long below) {
    return new StoreBacklog(
        store.reader(), view, "aa", 20_000, List.of(new StoreBacklog.Part(lane, below, true)));
  }

  /** Sends a page and takes it off the outbox. */
  private boolean send(StoreBacklog backlog) {
    boolean done = backlog.send(new Page(session, PAGE, 1 << 20));
    int sent = 0;
    while (session.take() != null) {
      sent++;
    }
    assertThat(sent).isLessThanOrEqualTo(PAGE);
    return done;
  }

  @Test
  void aShortBacklogAsksOnceHowFarTheStoreIs() {
    store.fill(0, 30);
    StoreBacklog backlog = backlog(store.view(), 30);
    while (!send(backlog)) {
      assertThat(lane.place()).isZero();
    }
    assertThat(lane.place()).isEqualTo(30);
    assertThat(store.asked()).containsExactly("unreadMessages", "requireView");
  }

  @Test
  void aLongOneAsksOnceMoreAtTheEnd() {
    store.fill(0, 1_000);
    lane.reach(0);
    StoreBacklog backlog = backlog(store.view(), 1_000);
    while (!send(backlog)) {
      assertThat(session.isClosed()).isFalse();
    }
    assertThat(lane.place()).isEqualTo(1_000);
    assertThat(store.asked())
        .startsWith("delivered", "requireView", "delivered")
        .endsWith("requireView");
    assertThat(Collections.frequency(store.asked(), "requireView")).isEqualTo(2);
  }

  @Test
  void aStoreThatWasEmptiedDoesNotMoveThePlace() {
    String view = store.view();
    store.replace();
    lane.reach(0);
    isRefused(backlog(view, 30));
    assertThat(lane.place()).isZero();
  }

  @Test
  void anOlderCopyIsNotSentAsIfItWereWhole() {
    store.fill(0, 10);
    isRefused(backlog(store.view(), 30));
    assertThat(lane.place()).isZero();
    assertThat(session.seenOffsets().seen(Set.of(ReplaceableStore.PLACE)))
        .as("nothing was sent")
        .isEmpty();
  }

  @Test
  void aStoreThatIsEmptiedBetweenTwoPagesIsNoticed() {
    store.fill(0, 1_000);
    lane.reach(0);
    StoreBacklog backlog = backlog(store.view(), 1_000);
    assertThat(send(backlog)).isFalse();
    store.replace();
    assertThatThrownBy(
            () -> {
              while (!send(backlog)) {
                assertThat(session.isClosed()).isFalse();
              }
            })
        .isInstanceOf(StoreUnavailableException.class);
  }

  private void isRefused(StoreBacklog backlog) {
    assertThatThrownBy(() -> send(backlog)).isInstanceOf(StoreUnavailableException.class);
    assertThat(session.take()).isNull();
  }

  @Test
  void theBoundIsThatOfAPartitionAndNotOfEachTopicInIt() {
    List<Decoded.Valid<InboxEvent>> records = new ArrayList<>();
    for (String topic : List.of("t1", "t2", "t3")) {
      TopicAct act = new TopicAct(topic, "aa", "c");
      records.add(
          topicRecord(
              records.size(), new CreatedEvent(act, List.of("aa"), "Tea", JoinPolicy.OPEN, false)));
    }
    while (records.size() < 60) {
      String topic = "t" + (1 + records.size() % 3);
      records.add(
          topicRecord(
              records.size(),
              new MessageEvent(Stream.TOPIC, "u" + records.size(), "bb", topic, "text", "x")));
    }
    InMemoryRecordStore topics = new InMemoryRecordStore();
    topics.open("log");
    StreamPartition place = new StreamPartition(Stream.TOPIC, 0);
    topics.apply(RecordPlanner.plan(records, Map.of(place, 60L)));
    PartitionCursor cursor = new TopicCursor(place, "aa");
    cursor.reach(0);
    StoreBacklog backlog =
        new StoreBacklog(
            topics,
            topics.state().id(),
            "aa",
            10,
            List.of(new StoreBacklog.Part(cursor, 60, true)));
    List<String> sent = new ArrayList<>();
    boolean done = false;
    while (!done) {
      done = backlog.send(new Page(session, PAGE, 1 << 20));
      for (byte[] frame = session.take(); frame != null; frame = session.take()) {
        sent.add(
            new String(frame, StandardCharsets.UTF_8)
                .replaceAll("(?s).*\"at\":\"topic/0/(\\d+)\".*", "$1"));
      }
    }
    assertThat(sent).containsExactly("50", "51", "52", "53", "54", "55", "56", "57", "58", "59");
    assertThat(backlog.cut()).isTrue();
  }

  private static Decoded.Valid<InboxEvent> topicRecord(long offset, InboxEvent event) {
    return new Decoded.Valid<>(
        new LogRecord(
            Topic.TOPIC,
            0,
            offset,
            1_000 + offset,
            event.owner().getBytes(StandardCharsets.UTF_8),
            InboxEventCodec.encode(event),
            new EventHeaders(null, null, null, null, null)),
        event.owner(),
        event);
  }
}
