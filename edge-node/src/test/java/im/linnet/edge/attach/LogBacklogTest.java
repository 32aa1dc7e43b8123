package im.linnet.edge.attach;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.log.tail.LogScanner.Scan;
import im.linnet.records.RecordPlanner;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.CreatedEvent;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.LeftEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.RecordDecoder;
import im.linnet.schemas.event.TopicAct;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code aa} is in {@code here}, and leaves {@code left} or left it before. */
class LogBacklogTest {
  private static final StreamPartition PLACE = new StreamPartition(Stream.TOPIC, 0);
  private static final long TIME = 1_763_755_200_000L;

  private final InMemoryRecordStore store = new InMemoryRecordStore();
  private final SimSession session = new SimSession("s", "aa");
  private final TopicCursor cursor = new TopicCursor(PLACE, "aa");

  @BeforeEach
  void open() {
    store.open("log");
  }

  private static CreatedEvent created(String topic) {
    return new CreatedEvent(
        new TopicAct(topic, "bb", "c"), List.of("bb", "aa"), "Tea", JoinPolicy.OPEN, false);
  }

  private static LeftEvent left() {
    return new LeftEvent(new TopicAct("left", "aa", "l"), "aa");
  }

  private static MessageEvent message(String uuid) {
    return new MessageEvent(Stream.TOPIC, uuid, "bb", "here", "text", "x");
  }

  private static LogRecord record(long offset, InboxEvent event) {
    return new LogRecord(
        Topic.TOPIC,
        0,
        offset,
        TIME + offset,
        utf8(event.owner()),
        InboxEventCodec.encode(event),
        new EventHeaders(
            utf8(event.type()),
            utf8(event.id("drawn")),
            utf8(event.source()),
            EventTime.format(TIME + offset),
            null));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The view holds these, from offset 0 on, and the cursor knows what it says. */
  private void viewHolds(InboxEvent... events) {
    List<Decoded.Valid<InboxEvent>> records = new ArrayList<>();
    for (InboxEvent each : events) {
      records.add(new Decoded.Valid<>(record(records.size(), each), each.owner(), each));
    }
    long below = records.size();
    store.apply(RecordPlanner.plan(records, Map.of(PLACE, below)));
    TopicCursor.load(store, "aa", List.of(new StoreBacklog.Part(cursor, below, false)));
    cursor.reach(below);
  }

  /** How many records are sent of three messages and those of the topic that is left. */
  private int sent(int room, List<LogRecord> ofLeft) {
    List<LogRecord> here =
        List.of(record(10, message("u1")), record(11, message("u2")), record(12, message("u3")));
    LogBacklog backlog =
        new LogBacklog(
            RecordDecoder.ofStreams(new TopicCatalogue(1, 1, 1)),
            cursor,
            new Scan(13, Map.of("here", here, "left", ofLeft)),
            Map.of("left", 2),
            room);
    assertThat(backlog.send(new Page(session, 100, 1 << 20))).isTrue();
    int sent = 0;
    while (session.take() != null) {
      sent++;
    }
    assertThat(backlog.cut()).isEqualTo(sent < 3 + ofLeft.size());
    return sent;
  }

  @Test
  void recordsOfATopicThatTheUserHasLeftTakeNoRoom() {
    viewHolds(created("here"), created("left"), left());
    assertThat(sent(3, List.of())).isEqualTo(3);
  }

  @Test
  void thoseOfATopicThatTheUserLeavesInTheScanTakeNone() {
    viewHolds(created("here"), created("left"));
    assertThat(sent(4, List.of(record(9, left())))).isEqualTo(4);
  }

  @Test
  void thoseOfATopicThatTheUserIsInDo() {
    viewHolds(created("here"), created("left"));
    assertThat(sent(3, List.of())).isEqualTo(1);
  }
}
