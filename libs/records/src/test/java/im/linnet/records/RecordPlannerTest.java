package im.linnet.records;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordPlannerTest {
  private final TestLog log = new TestLog();

  @Test
  void everyRecordIsDeliveredUnderItsKey() {
    Decoded.Valid<InboxEvent> message = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> copy = log.sent(message);
    Decoded.Valid<InboxEvent> read = log.read("bb", "aa", message);
    Decoded.Valid<InboxEvent> receipt = log.receipt(read);

    RecordPlan plan = TestLog.plan(message, copy, read, receipt);

    assertThat(delivered(plan))
        .extracting(InboxRecord::key)
        .containsExactlyInAnyOrder("bb", "aa", "bb", "aa");
    assertThat(delivered(plan).getFirst().value()).isSameAs(message.record().value());
    assertThat(messages(plan)).singleElement().extracting("at").isEqualTo(at(message));
    assertThat(plan.next()).isEqualTo(log.ends());
  }

  @Test
  void theSameUuidIsAnotherMessageFromAnotherSenderOrInAnotherStream() {
    RecordPlan plan =
        TestLog.plan(
            log.p2p("aa", "bb", "m1"), log.p2p("cc", "bb", "m1"), log.mutual("aa", "bb", "m1"));

    assertThat(messages(plan)).hasSize(3);
    assertThat(delivered(plan)).hasSize(3);
  }

  @Test
  void marksOfOneConversationBecomeOne() {
    Decoded.Valid<InboxEvent> first = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> second = log.p2p("aa", "bb", "m2");
    Decoded.Valid<InboxEvent> high = log.read("bb", "aa", second);
    Decoded.Valid<InboxEvent> low = log.read("bb", "aa", first);
    Decoded.Valid<InboxEvent> other = log.read("bb", "cc", second);

    assertThat(TestLog.plan(first, second, high, low, other).of(MarkRead.class))
        .containsExactlyInAnyOrder(
            new MarkRead(Stream.P2P, "bb", "aa", offset(second), Map.of()),
            new MarkRead(Stream.P2P, "bb", "cc", offset(second), Map.of()));
  }

  @Test
  void aMarkNeverReachesItsOwnPlace() {
    Decoded.Valid<InboxEvent> message = log.p2p("aa", "bb", "m1");
    Position future = new Position(at(message).place(), 1_000);
    Decoded.Valid<InboxEvent> read = log.read(Stream.P2P, "bb", "aa", future);

    assertThat(TestLog.plan(read, message).of(MarkRead.class))
        .containsExactly(
            new MarkRead(Stream.P2P, "bb", "aa", read.record().offset() - 1, Map.of()));
  }

  @Test
  void aMarkAtTheStartOfThePartitionMarksNothing() {
    Decoded.Valid<InboxEvent> read =
        log.read(Stream.P2P, "bb", "aa", new Position(Stream.P2P, TestLog.partitionOf("bb"), 5));

    assertThat(TestLog.plan(read).of(MarkRead.class)).isEmpty();
    assertThat(delivered(TestLog.plan(read))).hasSize(1);
  }

  @Test
  void aMarkInAnotherPartitionOrStreamMarksNothing() {
    int own = TestLog.partitionOf("bb");
    log.skip(Stream.P2P, "bb", 10);
    Decoded.Valid<InboxEvent> wrongPartition =
        log.read(
            Stream.P2P, "bb", "aa", new Position(Stream.P2P, (own + 1) % TestLog.PARTITIONS, 5));
    Decoded.Valid<InboxEvent> wrongStream =
        log.read(Stream.P2P, "bb", "aa", new Position(Stream.MUTUAL, own, 5));

    assertThat(TestLog.plan(wrongPartition, wrongStream).of(MarkRead.class)).isEmpty();
  }

  @Test
  void namedMessagesCarryTheHighestPlaceThatNamedThem() {
    log.skip(Stream.P2P, "bb", 10);
    Decoded.Valid<InboxEvent> one = log.readUuids(Stream.P2P, "bb", "aa", "m1", "m2");
    Decoded.Valid<InboxEvent> two = log.readUuids(Stream.P2P, "bb", "aa", "m2");

    assertThat(TestLog.plan(two, one).of(MarkRead.class))
        .containsExactly(
            new MarkRead(Stream.P2P, "bb", "aa", -1, Map.of("m1", offset(one), "m2", offset(two))));
  }

  @Test
  void theOrderWithinABatchDoesNotMatter() {
    List<Decoded.Valid<InboxEvent>> batch = new ArrayList<>();
    batch.add(log.p2p("aa", "bb", "m1"));
    batch.add(log.read("bb", "aa", batch.getFirst()));
    batch.add(log.p2p("aa", "bb", "m1"));
    batch.add(log.p2p("aa", "bb", "m2"));
    batch.add(log.readUuids(Stream.P2P, "bb", "aa", "m2", "m3"));
    RecordPlan inOrder = TestLog.plan(batch);

    Collections.reverse(batch);
    RecordPlan reversed = TestLog.plan(batch);

    assertThat(messages(reversed)).containsExactlyInAnyOrderElementsOf(messages(inOrder));
    assertThat(reversed.of(MarkRead.class))
        .containsExactlyInAnyOrderElementsOf(inOrder.of(MarkRead.class));
    assertThat(delivered(reversed)).containsExactlyInAnyOrderElementsOf(delivered(inOrder));
  }

  @Test
  void aBatchOfNothingStillMovesThePosition() {
    log.skip(Stream.P2P, "bb", 7);
    RecordPlan plan = RecordPlanner.plan(List.of(), log.ends());

    assertThat(delivered(plan)).isEmpty();
    assertThat(plan.next()).isEqualTo(log.ends());
  }

  private static Position at(Decoded.Valid<InboxEvent> valid) {
    return TestLog.position(valid);
  }

  private static long offset(Decoded.Valid<InboxEvent> valid) {
    return valid.record().offset();
  }

  private static List<InsertMessage> messages(RecordPlan plan) {
    return plan.of(InsertMessage.class);
  }

  private static List<InboxRecord> delivered(RecordPlan plan) {
    List<InboxRecord> records = new ArrayList<>();
    messages(plan).forEach(each -> records.add(each.record()));
    plan.of(InsertInbox.class).forEach(each -> records.add(each.record()));
    return records;
  }
}
