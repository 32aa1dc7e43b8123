package im.linnet.records;

import static im.linnet.records.TestLog.plan;
import static im.linnet.records.TestLog.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.records.PresenceDirectory.PresenceEntry;
import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.BlockAct;
import im.linnet.schemas.event.BlockEvent;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.EditEvent;
import im.linnet.schemas.event.FriendAct;
import im.linnet.schemas.event.FriendEvent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.PairKey;
import im.linnet.schemas.event.VerdictEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link RecordStore} does. */
public abstract class RecordStoreContract {
  private static final String LOG_ID = "log-1";
  private static final long ALL = Long.MAX_VALUE;
  private static final long START = 1_763_755_200_000L;
  private static final long HOUR = 3_600_000;

  private final TestLog log = new TestLog();
  private RecordStore store;

  /** An empty store, not opened. */
  protected abstract RecordStore create();

  /** The presence fields that the store holds, null where there are none. */
  protected abstract @Nullable PresenceEntry presence(RecordStore of, String user);

  /** The live edges that the store holds. */
  protected abstract List<String> edges(RecordStore of, String tracker);

  /**
   * Applies a plan up to one of its stages, as far as this store can be stopped there: 0 half of
   * its messages, 1 all of them, 2 its read marks, 3 half of its inbox, 4 all of it, 5 half of its
   * changes of messages, 6 all of them and half of its contacts, 7 half of its conversations, 8 all
   * but the view's position.
   */
  protected abstract void crash(RecordStore of, RecordPlan plan, int stages);

  /** All that the store keeps, wherever it keeps it, as text. */
  protected abstract String everything(RecordStore of);

  @BeforeEach
  void open() {
    store = create();
    store.open(LOG_ID);
  }

  @AfterEach
  void close() {
    store.close();
  }

  // Messages

  @Test
  void aMessageIsThereAsItWasSent() {
    Decoded.Valid<InboxEvent> sent =
        log.at(1_763_755_200_123L).skip(Stream.P2P, "bb", 4).p2p("aa", "bb", "m");
    apply(sent);

    assertThat(store.find(Stream.P2P, "bb", "m", "aa"))
        .isEqualTo(
            new StoredMessage(
                (MessageEvent) sent.event(),
                new Position(Stream.P2P, TestLog.partitionOf("bb"), 4),
                1_763_755_200_123L,
                false));
    assertThat(store.find(Stream.MUTUAL, "bb", "m", "aa")).isNull();
    assertThat(store.find(Stream.P2P, "aa", "m", "bb")).isNull();
    assertThat(store.find(Stream.P2P, "bb", "other", "aa")).isNull();
  }

  @Test
  void anyTextIsAUuid() {
    for (String uuid : List.of("a/b", "/", "bb/x/aa", "\u0000", "é😀", "$where", ".")) {
      Decoded.Valid<InboxEvent> sent = log.p2p("aa", "bb", uuid);
      apply(sent);
      StoredMessage found = store.find(Stream.P2P, "bb", uuid, "aa");
      assertThat(found).isNotNull();
      assertThat(found.at()).isEqualTo(position(sent));
      assertThat(found.message()).isEqualTo(sent.event());
    }
    assertThat(uuids(history(Stream.P2P, "bb", "aa", null, 20))).hasSize(7);
  }

  @Test
  void aRepeatChangesNothing() {
    Decoded.Valid<InboxEvent> one = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> read = log.read("bb", "aa", one);
    Decoded.Valid<InboxEvent> two = log.p2p("aa", "bb", "m2");
    apply(one, read, two);
    Digest once = store.digest();

    apply(one);
    apply(one, read);
    apply(read, two);
    apply(one, read, two);

    assertThat(store.digest()).isEqualTo(once);
    assertThat(read("m1")).isTrue();
    assertThat(read("m2")).isFalse();
  }

  @Test
  void aDuplicateIsDroppedEverywhere() {
    Decoded.Valid<InboxEvent> first = log.p2p("aa", "bb", "m1");
    apply(first);
    Digest once = store.digest();
    Decoded.Valid<InboxEvent> again = log.at(1_763_755_219_000L).p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> third = log.p2p("aa", "bb", "m1");

    apply(again, third);

    assertThat(store.digest()).isEqualTo(once);
    assertThat(store.delivered(Stream.P2P, "bb", -1, ALL, 10)).hasSize(1);
    assertThat(store.unread("bb").p2p()).containsExactly(new PeerCount("aa", 1, false));
  }

  @Test
  void aDuplicateInTheSameBatchIsDroppedToo() {
    Decoded.Valid<InboxEvent> first = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> again = log.p2p("aa", "bb", "m1");
    apply(again, first);

    assertThat(found("m1").at()).isEqualTo(position(first));
    assertThat(store.delivered(Stream.P2P, "bb", -1, ALL, 10))
        .extracting(InboxRecord::offset)
        .containsExactly(first.record().offset());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1000, 1", "29000, 1", "30000, 1", "30001, 2", "31000, 2"})
  void aCopyCountsForNobodyUntilTheSpanIsOver(long later, int count) {
    Decoded.Valid<InboxEvent> first = log.at(START).p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> again = log.at(START + later).p2p("aa", "bb", "m1");
    apply(first, again);
    apply(again);

    Decoded.Valid<InboxEvent> newest = count == 1 ? first : again;
    assertThat(found("m1").at()).isEqualTo(position(newest));
    assertThat(store.unread("bb").p2p()).containsExactly(new PeerCount("aa", count, false));
    assertThat(store.delivered(Stream.P2P, "bb", -1, ALL, 10)).hasSize(count);
    assertThat(history(Stream.P2P, "bb", "aa", null, 10).messages()).hasSize(count);
  }

  @Test
  void aCopyOfACopyIsACopy() {
    Decoded.Valid<InboxEvent> first = log.at(START).p2p("aa", "bb", "m1");
    apply(first);
    for (int i = 1; i <= 4; i++) {
      apply(log.at(START + i * 25_000L).p2p("aa", "bb", "m1"));
    }
    assertThat(found("m1").at()).isEqualTo(position(first));
    assertThat(store.delivered(Stream.P2P, "bb", -1, ALL, 10)).hasSize(1);

    Decoded.Valid<InboxEvent> second = log.at(START + 130_001).p2p("aa", "bb", "m1");
    apply(second);
    assertThat(found("m1").at()).isEqualTo(position(second));
    assertThat(store.delivered(Stream.P2P, "bb", -1, ALL, 10)).hasSize(2);
  }

  @Test
  void whatDoesNotCountDoesNotStandThere() {
    MessageEvent message = new MessageEvent(Stream.P2P, "m1", "aa", "bb", "text", "hello");
    MessageEvent other = new MessageEvent(Stream.P2P, "m2", "aa", "bb", "text", "hello");
    Decoded.Valid<InboxEvent> stale = log.at(START).late(message, 20_001);
    Decoded.Valid<InboxEvent> misnamed = log.misnamed(other, message);
    Decoded.Valid<InboxEvent> good = log.at(START + 1_000).append(message);
    Decoded.Valid<InboxEvent> lying = log.misnamed(message, other);
    Decoded.Valid<InboxEvent> another = log.append(other);
    apply(stale, misnamed, good, lying, another);

    assertThat(store.delivered(Stream.P2P, "bb", -1, ALL, 10))
        .extracting(InboxRecord::at)
        .containsExactly(position(good), position(another));
  }

  @Test
  void anIdThatIsUsedAgainIsAMessageOfItsOwn() {
    Decoded.Valid<InboxEvent> first = log.at(START).p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> second = log.at(START + 40_000).p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> named = log.readUuids(Stream.P2P, "bb", "aa", "m1");
    Decoded.Valid<InboxEvent> third = log.at(START + 80_000).p2p("aa", "bb", "m1");
    apply(first, second, third);
    assertThat(store.unread("bb").p2p()).containsExactly(new PeerCount("aa", 3, false));
    assertThat(found("m1").at()).isEqualTo(position(third));

    apply(named);
    assertThat(store.unreadMessages(Stream.P2P, "bb", -1, ALL, 10))
        .as("a mark that names it covers all of that name below it")
        .extracting(StoredMessage::at)
        .containsExactly(position(third));
  }

  @Test
  void aRepeatCompletesWhatACrashLeft() {
    Decoded.Valid<InboxEvent> one = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> again = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> read = log.read("bb", "aa", one);
    RecordPlan whole = log.counted(one, again, read);
    for (int stages = 0; stages < RandomApplier.STAGES; stages++) {
      crash(store, whole, stages);
    }
    assertThat(store.state().next()).isEmpty();

    apply(one, again, read);

    assertThat(store.delivered(Stream.P2P, "bb", -1, ALL, 10))
        .extracting(InboxRecord::offset)
        .containsExactly(one.record().offset(), read.record().offset());
    assertThat(read("m1")).isTrue();
  }

  // Read marks

  @Test
  void aMarkReadsThatPeersMessagesUpToIt() {
    Decoded.Valid<InboxEvent> one = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> two = log.p2p("aa", "bb", "m2");
    Decoded.Valid<InboxEvent> other = log.p2p("cc", "bb", "m3");
    Decoded.Valid<InboxEvent> late = log.p2p("aa", "bb", "m4");
    Decoded.Valid<InboxEvent> mutual = log.mutual("aa", "bb", "m5");
    apply(one, two, other, late, mutual);
    apply(log.read("bb", "aa", two));

    assertThat(read("m1")).isTrue();
    assertThat(read("m2")).isTrue();
    assertThat(read("m4")).isFalse();
    assertThat(store.unread("bb"))
        .isEqualTo(
            new UnreadCounts(
                List.of(new PeerCount("aa", 1, false), new PeerCount("cc", 1, false)),
                List.of(),
                1,
                false));
  }

  @Test
  void aMarkNeverGoesBack() {
    Decoded.Valid<InboxEvent> one = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> two = log.p2p("aa", "bb", "m2");
    Decoded.Valid<InboxEvent> high = log.read("bb", "aa", two);
    Decoded.Valid<InboxEvent> low = log.read("bb", "aa", one);
    apply(one, two);
    apply(high);
    apply(low);

    assertThat(read("m2")).isTrue();
  }

  @Test
  void aMarkLeavesLaterMessagesAlone() {
    Decoded.Valid<InboxEvent> one = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> read =
        log.read(Stream.P2P, "bb", "aa", new Position(position(one).place(), 1_000));
    Decoded.Valid<InboxEvent> two = log.p2p("aa", "bb", "m2");

    apply(two, read, one);

    assertThat(read("m1")).isTrue();
    assertThat(read("m2")).isFalse();
    Decoded.Valid<InboxEvent> again = log.read("bb", "aa", two);
    apply(again);
    assertThat(read("m2")).isTrue();
  }

  @Test
  void namedMessagesAreReadAndNoOthers() {
    Decoded.Valid<InboxEvent> one = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> two = log.p2p("aa", "bb", "m2");
    Decoded.Valid<InboxEvent> three = log.p2p("aa", "bb", "m3");
    Decoded.Valid<InboxEvent> foreign = log.p2p("cc", "bb", "m3");
    Decoded.Valid<InboxEvent> named = log.readUuids(Stream.P2P, "bb", "aa", "m1", "m3", "m4");
    Decoded.Valid<InboxEvent> future = log.p2p("aa", "bb", "m4");
    apply(one, two, three, foreign);
    apply(named, future);

    assertThat(read("m1")).isTrue();
    assertThat(read("m2")).isFalse();
    assertThat(read("m3")).isTrue();
    assertThat(read("m4")).isFalse();
    assertThat(Objects.requireNonNull(store.find(Stream.P2P, "bb", "m3", "cc")).read()).isFalse();
  }

  @Test
  void messagesAndTheirMarkMayComeInOneBatch() {
    Decoded.Valid<InboxEvent> old = log.p2p("aa", "bb", "m1");
    apply(old);
    Decoded.Valid<InboxEvent> young = log.p2p("aa", "bb", "m2");
    Decoded.Valid<InboxEvent> named = log.p2p("cc", "bb", "m3");
    Decoded.Valid<InboxEvent> unnamed = log.p2p("cc", "bb", "m4");
    apply(
        log.readUuids(Stream.P2P, "bb", "cc", "m3"),
        log.read("bb", "aa", young),
        young,
        named,
        unnamed);

    assertThat(read("m1")).isTrue();
    assertThat(read("m2")).isTrue();
    assertThat(store.unread("bb").p2p()).containsExactly(new PeerCount("cc", 1, false));
    assertThat(uuids(store.unreadMessages(Stream.P2P, "bb", -1, ALL, 10))).containsExactly("m4");
  }

  // Changes of messages

  @Test
  void anEditGivesAMessageItsNewestText() {
    Decoded.Valid<InboxEvent> message = log.at(START).p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> first = log.at(START + 1_000).edit(message, "first");
    Decoded.Valid<InboxEvent> second = log.at(START + 2_000).edit(message, "second");
    apply(message);
    apply(first, second);

    StoredMessage now = found("m1");
    assertThat(now.message())
        .isEqualTo(new MessageEvent(Stream.P2P, "m1", "aa", "bb", "text", "second"));
    assertThat(now.at()).isEqualTo(position(message));
    assertThat(now.time()).isEqualTo(START);
    assertThat(now.read()).isFalse();
    assertThat(now.revision())
        .isEqualTo(new StoredMessage.Revision(false, START + 2_000, second.record().offset()));
    assertThat(history(Stream.P2P, "bb", "aa", null, 5).messages()).containsExactly(now);
    assertThat(store.unreadMessages(Stream.P2P, "bb", -1, ALL, 5)).containsExactly(now);
    List<InboxRecord> delivered = store.delivered(Stream.P2P, "bb", -1, ALL, 5);
    assertThat(delivered)
        .extracting(InboxRecord::at)
        .containsExactly(position(message), position(first), position(second));
    assertThat(new String(delivered.getFirst().value(), StandardCharsets.UTF_8))
        .endsWith("\"content\":\"second\",\"edited\":" + (START + 2_000) + "}");
    assertThat(delivered.get(1).value()).isEqualTo(first.record().value());
  }

  @Test
  void changesCountInTheOrderOfTheLogHoweverTheyAreApplied() {
    Decoded.Valid<InboxEvent> message = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> first = log.edit(message, "first");
    Decoded.Valid<InboxEvent> second = log.edit(message, "second");
    apply(second, first, message);
    assertThat(found("m1").message().content()).isEqualTo("second");
    Digest once = store.digest();
    apply(message, first);
    apply(first);
    apply(second);
    assertThat(store.digest()).isEqualTo(once);
  }

  @Test
  void aChangeIsOfTheNewestMessageBeforeIt() {
    Decoded.Valid<InboxEvent> early = log.at(START).p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> other = log.p2p("cc", "bb", "m1");
    Decoded.Valid<InboxEvent> edit = log.at(START + 1_000).edit(early, "of the early one");
    Decoded.Valid<InboxEvent> late = log.at(START + 40_000).p2p("aa", "bb", "m1");
    apply(early, other, edit, late);
    assertThat(contents()).containsExactly("content of m1", "of the early one");
    apply(log.edit(late, "of the late one"));
    assertThat(contents()).containsExactly("of the late one", "of the early one");
    assertThat(found("m1", "cc").message()).isEqualTo(other.event());
  }

  private List<String> contents() {
    return history(Stream.P2P, "bb", "aa", null, 5).messages().stream()
        .map(each -> each.message().content())
        .toList();
  }

  @Test
  void anEditAndAMarkLeaveEachOtherAlone() {
    Decoded.Valid<InboxEvent> one = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> two = log.p2p("aa", "bb", "m2");
    apply(one, two, log.read("bb", "aa", one));
    apply(log.edit(one, "x"), log.edit(two, "y"));
    assertThat(read("m1")).isTrue();
    assertThat(read("m2")).isFalse();
    apply(log.read("bb", "aa", two));
    assertThat(read("m2")).isTrue();
    assertThat(found("m2").message().content()).isEqualTo("y");
  }

  @Test
  void aCopyOfAnEditAndOneOfAnUnknownMessageAreOnlyDelivered() {
    Decoded.Valid<InboxEvent> message = log.p2p("bb", "bb", "m1");
    Decoded.Valid<InboxEvent> edit = log.edit(message, "new");
    Decoded.Valid<InboxEvent> later = log.edit(message, "newer");
    Decoded.Valid<InboxEvent> copy = log.copy(edit);
    Decoded.Valid<InboxEvent> unknown = log.edit(log.p2p("bb", "bb", "m2"), "nothing");
    apply(message, edit, later, copy, unknown);
    assertThat(found("m1", "bb").message().content()).isEqualTo("newer");
    assertThat(store.delivered(Stream.P2P, "bb", -1, ALL, 10)).hasSize(5);
    assertThat(store.find(Stream.P2P, "bb", "m2", "bb")).isNull();
  }

  @Test
  void anEditedMessageOfAnotherProducerIsWrittenAsOurs() {
    MessageEvent event = new MessageEvent(Stream.P2P, "m1", "aa", "bb", "text", "old");
    Decoded.Valid<InboxEvent> message =
        log.append(
            event,
            "{\"content\":\"old\",\"extra\":1,\"op\":\"message\",\"kind\":\"p2p\",\"uuid\":\"m1\","
                + "\"from\":\"aa\",\"to\":\"bb\",\"type\":\"text\"}");
    apply(message);
    assertThat(found("m1").raw()).isNotNull();
    apply(log.edit(message, "new"));
    assertThat(found("m1").raw()).isNull();
    assertThat(new String(found("m1").value(), StandardCharsets.UTF_8))
        .startsWith("{\"op\":\"message\"")
        .contains("\"content\":\"new\"")
        .doesNotContain("old");
  }

  @Test
  void aRecallLeavesNoTextBehind() {
    Decoded.Valid<InboxEvent> message = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> first = log.edit(message, "content, edited");
    Decoded.Valid<InboxEvent> other = log.edit(log.p2p("aa", "bb", "m2"), "of another");
    Decoded.Valid<InboxEvent> second = log.edit(message, "content, edited again");
    Decoded.Valid<InboxEvent> recall = log.recall(message);
    Decoded.Valid<InboxEvent> late = log.edit(message, "content, too late");
    apply(message, first);
    apply(other, second, recall);
    Digest recalled = store.digest();
    apply(recall);
    apply(first, other, second, recall);
    assertThat(store.digest()).isEqualTo(recalled);
    apply(late);

    StoredMessage now = found("m1");
    assertThat(now.message().content()).isEmpty();
    assertThat(now.revision())
        .isEqualTo(new StoredMessage.Revision(true, 0, late.record().offset()));
    assertThat(history(Stream.P2P, "bb", "aa", null, 5).messages()).containsExactly(now);
    assertThat(store.unreadMessages(Stream.P2P, "bb", -1, ALL, 5)).containsExactly(now);
    List<String> delivered =
        store.delivered(Stream.P2P, "bb", -1, ALL, 10).stream()
            .map(each -> new String(each.value(), StandardCharsets.UTF_8))
            .toList();
    assertThat(delivered)
        .hasSize(6)
        .noneMatch(each -> each.contains("content,"))
        .anyMatch(each -> each.contains("of another"));
    assertThat(delivered.getFirst()).endsWith("\"content\":\"\",\"recalled\":true}");
    assertThat(delivered.get(4)).startsWith("{\"op\":\"recall\"");
    assertThat(everything(store))
        .contains("of another")
        .doesNotContain("content of m1", "content, edited", "content, too late");
  }

  @Test
  void aRecalledMessageOfAnotherProducerKeepsNoBytes() {
    MessageEvent event = new MessageEvent(Stream.P2P, "m1", "aa", "bb", "text", "old");
    Decoded.Valid<InboxEvent> message =
        log.append(
            event,
            "{\"content\":\"old\",\"also\":\"old\",\"op\":\"message\",\"kind\":\"p2p\",\"uuid\":\"m1\","
                + "\"from\":\"aa\",\"to\":\"bb\",\"type\":\"text\"}");
    Decoded.Valid<InboxEvent> edit =
        log.append(
            new EditEvent(event.identity(), "old too", null),
            "{\"content\":\"old"
                + " too\",\"also\":\"old\",\"kind\":\"p2p\",\"uuid\":\"m1\",\"from\":\"aa\","
                + "\"to\":\"bb\",\"op\":\"edit\"}");
    apply(message, edit);
    apply(log.recall(message));
    assertThat(store.delivered(Stream.P2P, "bb", -1, ALL, 10))
        .hasSize(3)
        .noneMatch(each -> new String(each.value(), StandardCharsets.UTF_8).contains("old"));
    assertThat(everything(store)).contains("m1").doesNotContain("old");
  }

  @Test
  void aRecallThatIsRepeatedIsNotUndone() {
    Decoded.Valid<InboxEvent> message = log.p2p("aa", "bb", "m1");
    apply(message, log.recall(message), log.recall(message), log.read("bb", "aa", message));
    assertThat(found("m1").revision().recalled()).isTrue();
    assertThat(read("m1")).isTrue();
  }

  @Test
  void knowsWhetherAnybodySentAMessageOfThatId() {
    apply(log.p2p("aa", "bb", "m1"), log.mutual("aa", "bb", "m2"));
    assertThat(store.holds(Stream.P2P, "bb", "m1")).isTrue();
    assertThat(store.holds(Stream.P2P, "bb", "m2")).isFalse();
    assertThat(store.holds(Stream.MUTUAL, "bb", "m2")).isTrue();
    assertThat(store.holds(Stream.P2P, "aa", "m1")).isFalse();
  }

  // Inbox

  @Test
  void theInboxHoldsWhatIsDeliveredInLogOrder() {
    Decoded.Valid<InboxEvent> message = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> copy = log.sent(message);
    Decoded.Valid<InboxEvent> read = log.read("bb", "aa", message);
    Decoded.Valid<InboxEvent> receipt = log.receipt(read);
    apply(message, copy, read, receipt);

    assertThat(store.delivered(Stream.P2P, "bb", -1, ALL, 10))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(delivered(message), delivered(read));
    assertThat(store.delivered(Stream.P2P, "aa", -1, ALL, 10))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(delivered(copy), delivered(receipt));
    assertThat(store.delivered(Stream.MUTUAL, "bb", -1, ALL, 10)).isEmpty();
    assertThat(store.delivered(Stream.P2P, "b", -1, ALL, 10)).isEmpty();
  }

  @Test
  void whatAForeignProducerWroteIsDeliveredAsItWrote() {
    MessageEvent message = new MessageEvent(Stream.P2P, "m1", "aa", "bb", "text", "héllo/");
    Decoded.Valid<InboxEvent> ours = log.append(message);
    List<Decoded.Valid<InboxEvent>> all = new ArrayList<>(List.of(ours));
    for (String value :
        List.of(
            "{\"kind\":\"p2p\",\"op\":\"message\",\"uuid\":\"m2\",\"from\":\"aa\",\"to\":\"bb\","
                + "\"type\":\"text\",\"content\":\"hi\"}",
            "{\"op\":\"message\",\"kind\":\"p2p\",\"uuid\":\"m3\",\"from\":\"aa\",\"to\":\"bb\","
                + "\"type\":\"text\",\"content\":\"hi\",\"colour\":[1]}",
            "{\"op\": \"message\",\"kind\":\"p2p\",\"uuid\":\"m4\",\"from\":\"aa\",\"to\":\"bb\","
                + "\"type\":\"text\",\"content\":\"h\\u0069\"}")) {
      all.add(
          log.append(
              new MessageEvent(Stream.P2P, "m" + (all.size() + 1), "aa", "bb", "text", "hi"),
              value));
    }
    store.apply(log.counted(all));

    assertThat(store.delivered(Stream.P2P, "bb", -1, ALL, 10))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyElementsOf(all.stream().map(RecordStoreContract::delivered).toList());
    assertThat(found("m1").raw()).as("ours are not kept twice").isNull();
    for (StoredMessage unread : store.unreadMessages(Stream.P2P, "bb", -1, ALL, 10)) {
      int index = number(unread.message().uuid()) - 1;
      assertThat(unread.value()).isEqualTo(all.get(index).record().value());
    }
  }

  @Test
  void messagesAndOtherRecordsOfAKeyAreOneInbox() {
    Decoded.Valid<InboxEvent> mine = log.p2p("bb", "aa", "m0");
    List<Decoded.Valid<InboxEvent>> all = new ArrayList<>();
    for (int i = 1; i < 40; i++) {
      all.add(i % 3 == 0 ? log.sent(mine) : log.p2p("aa", "bb", "m" + i));
    }
    store.apply(log.counted(all));

    List<Long> offsets = all.stream().map(each -> each.record().offset()).toList();
    List<Long> pages = new ArrayList<>();
    long above = -1;
    while (pages.size() < offsets.size()) {
      List<Long> page = inboxOffsets(above, ALL, 7);
      pages.addAll(page);
      above = page.getLast();
    }
    assertThat(pages).isEqualTo(offsets);
    assertThat(store.deliveredFloor(Stream.P2P, "bb", -1, ALL, 10))
        .isEqualTo(offsets.get(offsets.size() - 11));
  }

  @Test
  void theInboxIsReadInPagesBetweenBounds() {
    log.skip(Stream.P2P, "bb", 8);
    applyMessages("aa", "bb", 5); // offsets 8 to 12: sorting by text would put 10 before 8

    assertThat(inboxOffsets(-1, ALL, 10)).containsExactly(8L, 9L, 10L, 11L, 12L);
    assertThat(inboxOffsets(8, 12, 10)).containsExactly(9L, 10L, 11L);
    assertThat(inboxOffsets(8, 12, 2)).containsExactly(9L, 10L);
    assertThat(inboxOffsets(12, ALL, 10)).isEmpty();
    assertThat(inboxOffsets(9, 10, 10)).isEmpty();
    assertThat(inboxOffsets(-1, 0, 10)).isEmpty();
    assertThat(inboxOffsets(ALL, ALL, 10)).isEmpty();
  }

  @Test
  void theInboxFloorLeavesSoManyAboveIt() {
    log.skip(Stream.P2P, "bb", 8);
    applyMessages("aa", "bb", 5);

    assertThat(store.deliveredFloor(Stream.P2P, "bb", -1, ALL, 5)).isEqualTo(-1);
    assertThat(store.deliveredFloor(Stream.P2P, "bb", 3, ALL, 5)).isEqualTo(3);
    assertThat(store.deliveredFloor(Stream.P2P, "bb", -1, ALL, 2)).isEqualTo(10);
    assertThat(store.deliveredFloor(Stream.P2P, "bb", -1, 12, 2)).isEqualTo(9);
    assertThat(store.deliveredFloor(Stream.P2P, "bb", 9, 12, 2)).isEqualTo(9);
    assertThat(store.deliveredFloor(Stream.P2P, "bb", 11, 12, 2)).isEqualTo(11);
    assertThat(store.deliveredFloor(Stream.P2P, "zz", 7, ALL, 2)).isEqualTo(7);
  }

  // Unread

  @Test
  void unreadMessagesOfAllSendersComeInLogOrder() {
    log.skip(Stream.P2P, "bb", 8);
    Decoded.Valid<InboxEvent> one = log.p2p("cc", "bb", "m8");
    Decoded.Valid<InboxEvent> two = log.p2p("aa", "bb", "m9");
    Decoded.Valid<InboxEvent> three = log.p2p("cc", "bb", "m10");
    Decoded.Valid<InboxEvent> four = log.p2p("dd", "bb", "m11");
    Decoded.Valid<InboxEvent> five = log.p2p("aa", "bb", "m12");
    apply(one, two, three, four, five);
    apply(log.read("bb", "dd", four));

    assertThat(unread(-1, ALL, 10)).containsExactly("m8", "m9", "m10", "m12");
    assertThat(unread(8, 12, 10)).containsExactly("m9", "m10");
    assertThat(unread(-1, ALL, 2)).containsExactly("m8", "m9");
    assertThat(store.unreadMessages(Stream.P2P, "zz", -1, ALL, 10)).isEmpty();
    assertThat(store.unreadFloor(Stream.P2P, "bb", -1, ALL, 4)).isEqualTo(-1);
    assertThat(store.unreadFloor(Stream.P2P, "bb", -1, ALL, 2)).isEqualTo(9);
    assertThat(store.unreadFloor(Stream.P2P, "bb", -1, 12, 2)).isEqualTo(8);
    assertThat(store.unreadFloor(Stream.P2P, "bb", 9, 12, 2)).isEqualTo(9);
    assertThat(store.unreadFloor(Stream.P2P, "zz", 7, ALL, 2)).isEqualTo(7);
  }

  @Test
  void unreadMessagesOfManySendersComeInLogOrder() {
    List<Decoded.Valid<InboxEvent>> all = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      all.add(log.p2p("u" + (i * 7 % 450), "bb", "m" + i));
    }
    apply(all.toArray(Decoded.Valid[]::new));

    List<StoredMessage> page = store.unreadMessages(Stream.P2P, "bb", 99, 800, 300);
    assertThat(page).hasSize(300);
    assertThat(page)
        .extracting(stored -> stored.at().offset())
        .isSorted()
        .startsWith(100L)
        .endsWith(399L);
    assertThat(store.unreadFloor(Stream.P2P, "bb", -1, 800, 300)).isEqualTo(499);
  }

  @Test
  void countingStopsAtItsBound() {
    applyMessages("aa", "bb", 1_000);
    assertThat(store.unread("bb").p2p()).containsExactly(new PeerCount("aa", 1_000, false));

    apply(log.p2p("aa", "bb", "one more"), log.p2p("cc", "bb", "another"));
    assertThat(store.unread("bb").p2p())
        .containsExactly(new PeerCount("aa", 1_000, true), new PeerCount("cc", 1, false));
  }

  @Test
  void countingPassesBySendersWithMoreThanItCounts() {
    applyMessages("bb", "zz", 3_500);
    applyMessages("cc", "zz", 600);
    applyMessages("dd", "zz", 4_200);
    applyMessages("ee", "zz", 3);

    assertThat(store.unread("zz").p2p())
        .containsExactly(
            new PeerCount("bb", 1_000, true),
            new PeerCount("cc", 600, false),
            new PeerCount("dd", 1_000, true),
            new PeerCount("ee", 3, false));
    assertThat(store.conversations("zz", null, 10, Integer.MAX_VALUE).conversations())
        .extracting(ConversationPage.Entry::unread)
        .containsExactlyInAnyOrderElementsOf(store.unread("zz").p2p());
  }

  @Test
  void sendersAreListedUpToABound() {
    List<Decoded.Valid<InboxEvent>> all = new ArrayList<>();
    for (int i = 0; i < UnreadCounts.MOST_PEERS + 5; i++) {
      all.add(log.p2p(String.format(Locale.ROOT, "u%04d", i), "bb", "m" + i));
    }
    apply(all.toArray(Decoded.Valid[]::new));

    assertThat(store.unread("bb").more()).isTrue();
    List<PeerCount> counts = store.unread("bb").p2p();
    assertThat(counts).hasSize(UnreadCounts.MOST_PEERS);
    assertThat(counts.getFirst().peer()).isEqualTo("u0000");
    assertThat(counts.getLast().peer()).isEqualTo("u0999");

    for (int i = 0; i < 5; i++) {
      apply(log.read("bb", counts.get(i).peer(), all.get(i)));
    }
    assertThat(store.unread("bb").p2p()).hasSize(UnreadCounts.MOST_PEERS);
    assertThat(store.unread("bb").more()).isFalse();
  }

  @Test
  void nothingIsUnreadOfNobody() {
    assertThat(store.unread("zz")).isEqualTo(new UnreadCounts(List.of(), List.of(), 0, false));
  }

  @Test
  void mutualMessagesAreCountedTogether() {
    List<Decoded.Valid<InboxEvent>> all = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      all.add(log.mutual(i % 2 == 0 ? "aa" : "cc", "bb", "m" + i));
    }
    apply(all.subList(0, 3).toArray(Decoded.Valid[]::new));
    assertThat(store.unread("bb").mutual()).isEqualTo(3);
    assertThat(store.unread("bb").more()).isFalse();
    assertThat(uuids(store.unreadMessages(Stream.MUTUAL, "bb", -1, ALL, 10)))
        .containsExactly("m0", "m1", "m2");

    apply(all.toArray(Decoded.Valid[]::new));
    assertThat(store.unread("bb").mutual()).isEqualTo(UnreadCounts.MOST);
    assertThat(store.unread("bb").more()).isTrue();
  }

  // History

  @Test
  void historyMergesBothDirectionsByTime() {
    Decoded.Valid<InboxEvent> one = log.at(1_000).p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> two = log.at(2_000).p2p("bb", "aa", "m2");
    Decoded.Valid<InboxEvent> three = log.at(3_000).p2p("aa", "bb", "m3");
    Decoded.Valid<InboxEvent> other = log.at(3_500).p2p("cc", "bb", "m0");
    Decoded.Valid<InboxEvent> mutual = log.at(3_600).mutual("aa", "bb", "m00");
    Decoded.Valid<InboxEvent> four = log.at(4_000).p2p("bb", "aa", "m4");
    apply(one, two, three, other, mutual, four);

    MessagePage page = history(Stream.P2P, "bb", "aa", null, 10);
    assertThat(uuids(page)).containsExactly("m4", "m3", "m2", "m1");
    assertThat(page.next()).isNull();
    assertThat(uuids(history(Stream.P2P, "aa", "bb", null, 10)))
        .containsExactly("m4", "m3", "m2", "m1");
    assertThat(uuids(history(Stream.MUTUAL, "aa", "bb", null, 10))).containsExactly("m00");
    assertThat(uuids(history(Stream.P2P, "aa", "zz", null, 10))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void pagesOfHistoryAddUpWhateverTheirSize(int limit) {
    // Equal times, and times that go back, in both directions.
    long[] times = {5, 5, 5, 9, 9, 3, 4, 4, 12, 1, 1, 13, 13, 13, 2, 20};
    for (int i = 0; i < times.length; i++) {
      log.at(times[i] * 1_000);
      apply(i % 3 == 0 ? log.p2p("bb", "aa", "m" + i) : log.p2p("aa", "bb", "m" + i));
    }
    List<String> whole = uuids(history(Stream.P2P, "bb", "aa", null, 100));

    List<String> pages = new ArrayList<>();
    HistoryCursor before = null;
    do {
      MessagePage page = history(Stream.P2P, "bb", "aa", before, limit);
      pages.addAll(uuids(page));
      before = page.next();
    } while (before != null);

    assertThat(pages).containsExactlyElementsOf(whole).hasSize(times.length);
    assertThat(whole.stream().filter(uuid -> number(uuid) % 3 != 0))
        .as("each direction keeps its log order")
        .isSortedAccordingTo((a, b) -> Integer.compare(number(b), number(a)));
  }

  @Test
  void atEqualTimesTheHigherPositionIsTheNewer() {
    log.at(1_000);
    Decoded.Valid<InboxEvent> one = log.p2p("aa", "bb", "to bb");
    Decoded.Valid<InboxEvent> two = log.p2p("bb", "aa", "to aa");
    apply(one, two);

    boolean isFirstHigher = position(one).place().compareTo(position(two).place()) > 0;
    List<String> expected = isFirstHigher ? List.of("to bb", "to aa") : List.of("to aa", "to bb");
    assertThat(uuids(history(Stream.P2P, "aa", "bb", null, 5))).isEqualTo(expected);
    assertThat(uuids(history(Stream.P2P, "bb", "aa", null, 5))).isEqualTo(expected);
  }

  @Test
  void aMessageThatArrivesBetweenPagesIsInNoOlderPage() {
    log.at(1_000);
    applyMessages("aa", "bb", 4);
    MessagePage first = history(Stream.P2P, "bb", "aa", null, 2);
    log.at(2_000);
    apply(log.p2p("bb", "aa", "new"), log.p2p("aa", "bb", "new too"));

    MessagePage second = history(Stream.P2P, "bb", "aa", first.next(), 10);
    assertThat(uuids(second)).containsExactly("m1", "m0");
    assertThat(second.next()).isNull();
  }

  @Test
  void aPageEndsAtItsBytesAndGoesOn() {
    for (int i = 0; i < 9; i++) {
      log.at(i * 1_000);
      apply(i % 4 == 0 ? log.p2p("bb", "aa", "m" + i) : log.p2p("aa", "bb", "m" + i));
    }
    for (int bytes : List.of(0, 1, 250, 500, 900, 4_000)) {
      List<String> all = new ArrayList<>();
      HistoryCursor before = null;
      do {
        MessagePage page = store.history(Stream.P2P, "bb", "aa", before, 100, bytes);
        assertThat(page.messages()).hasSizeBetween(1, 1 + bytes / 100);
        all.addAll(uuids(page));
        before = page.next();
      } while (before != null);
      assertThat(all).containsExactly("m8", "m7", "m6", "m5", "m4", "m3", "m2", "m1", "m0");
    }
  }

  @ParameterizedTest
  @CsvSource({"bb, aa", "aa, bb"})
  void aPageThatEndedAtItsBytesLetsNothingNewIntoTheNext(String from, String to) {
    applyMessages(to, from, 2);
    log.at(1_763_755_300_000L);
    applyLarge(from, to, "m2", "m3", "m4");
    MessagePage first = store.history(Stream.P2P, "aa", "bb", null, 50, 64 << 10);
    assertThat(uuids(first)).as("of one direction only").containsExactly("m4", "m3");
    log.at(1_763_755_400_000L);
    apply(log.p2p("aa", "bb", "new"), log.p2p("bb", "aa", "new too"));

    MessagePage second = history(Stream.P2P, "aa", "bb", first.next(), 50);

    assertThat(uuids(second)).containsExactly("m2", "m1", "m0");
    assertThat(second.next()).isNull();
  }

  @Test
  void aPageThatEndedAtItsBytesKnowsThatNothingWasReceived() {
    applyLarge("aa", "bb", "m0", "m1", "m2");
    MessagePage first = store.history(Stream.P2P, "aa", "bb", null, 50, 64 << 10);
    assertThat(uuids(first)).containsExactly("m2", "m1");
    apply(log.p2p("bb", "aa", "new"));

    assertThat(uuids(history(Stream.P2P, "aa", "bb", first.next(), 50))).containsExactly("m0");
  }

  @Test
  void aConversationWithOneselfIsThereOnce() {
    applyMessages("aa", "aa", 3);

    MessagePage first = history(Stream.P2P, "aa", "aa", null, 2);
    assertThat(uuids(first)).containsExactly("m2", "m1");
    MessagePage second = history(Stream.P2P, "aa", "aa", first.next(), 2);
    assertThat(uuids(second)).containsExactly("m0");
    assertThat(second.next()).isNull();
    assertThat(store.unread("aa").p2p()).containsExactly(new PeerCount("aa", 3, false));
    apply(log.read(Stream.P2P, "aa", "aa", first.messages().getFirst().at()));
    assertThat(store.unread("aa").p2p()).isEmpty();
  }

  // The view itself

  @Test
  void thePositionNeverGoesBack() {
    StreamPartition place = new StreamPartition(Stream.P2P, 2);
    StreamPartition other = new StreamPartition(Stream.TOPIC, 11);
    store.apply(RecordPlanner.plan(List.of(), Map.of(place, 10L)));
    store.apply(RecordPlanner.plan(List.of(), Map.of(place, 7L, other, 3L)));

    assertThat(store.state().next()).isEqualTo(Map.of(place, 10L, other, 3L));
  }

  @Test
  void aPlanThatLeavesAGapIsRefusedAsAWhole() {
    Decoded.Valid<InboxEvent> first = log.p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> second = log.p2p("aa", "bb", "m2");
    StreamPartition place = position(first).place();
    RecordPlan later = plan(second).beginningAt(Map.of(place, 1L));

    assertThatThrownBy(() -> store.apply(later)).isInstanceOf(StoreUnusableException.class);
    assertThat(store.find(Stream.P2P, "bb", "m2", "aa")).isNull();
    assertThat(store.delivered(Stream.P2P, "bb", -1, ALL, 10)).isEmpty();
    assertThat(store.state().next()).isEmpty();

    store.apply(plan(first).beginningAt(Map.of(place, 0L)));
    store.apply(later);
    store.apply(plan(first).beginningAt(Map.of(place, 0L)));
    assertThat(store.state().next()).isEqualTo(Map.of(place, 2L));
    assertThat(store.unread("bb").p2p()).containsExactly(new PeerCount("aa", 2, false));
  }

  @Test
  void aReaderIsToldWhereTheViewIsNotWhatItWasPromised() {
    Decoded.Valid<InboxEvent> message = log.p2p("aa", "bb", "m1");
    StreamPartition place = position(message).place();
    StreamPartition other = new StreamPartition(Stream.TOPIC, 11);
    apply(message);
    String id = store.state().id();

    store.requireView(id, Map.of());
    store.requireView(id, Map.of(place, 1L, other, 0L));
    for (Map<StreamPartition, Long> promised :
        List.of(Map.of(place, 2L), Map.of(place, 1L, other, 1L))) {
      assertThatThrownBy(() -> store.requireView(id, promised))
          .isInstanceOf(StoreUnavailableException.class);
    }
    assertThatThrownBy(() -> store.requireView("another", Map.of()))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContainingAll("another", id);
  }

  @Test
  void theViewKeepsItsIdAndItsLog() {
    ViewState view = store.state();
    apply(log.p2p("aa", "bb", "m1"));

    assertThat(store.open(LOG_ID).id()).isEqualTo(view.id());
    assertThat(store.state().logId()).isEqualTo(LOG_ID);
    assertThatThrownBy(() -> store.open("log-2"))
        .isInstanceOf(StoreUnusableException.class)
        .hasMessageContainingAll("log-1", "log-2");
  }

  @Test
  void aReaderSeesWhatWasAppliedBeforeItsTime() {
    Decoded.Valid<InboxEvent> message = log.p2p("aa", "bb", "m1");
    String time = store.apply(plan(message));
    store.advance(time);
    store.advance(null);

    assertThat(found("m1").at()).isEqualTo(position(message));
    store.check();
  }

  // Conversations

  @Test
  void conversationsOfBothDirectionsAreListedByTheirLastMessage() {
    Decoded.Valid<InboxEvent> toBob = log.at(START).p2p("aa", "bb", "m1");
    Decoded.Valid<InboxEvent> fromCarl = log.at(START + 1_000).p2p("cc", "aa", "m2");
    Decoded.Valid<InboxEvent> toNobody = log.at(START + HOUR).p2p("aa", "dd", "m3");
    Decoded.Valid<InboxEvent> note = log.at(START + 2 * HOUR).p2p("aa", "aa", "m4");
    Decoded.Valid<InboxEvent> fromBob = log.at(START + 3 * HOUR).p2p("bb", "aa", "m5");
    apply(toBob, fromCarl, toNobody, note, fromBob, log.mutual("ee", "aa", "m6"));

    assertThat(listed("aa")).containsExactly("bb m5 1", "aa m4 1", "dd m3 0", "cc m2 1");
    assertThat(listed("bb")).containsExactly("aa m5 1");
    assertThat(listed("dd")).containsExactly("aa m3 1");
    assertThat(listed("ee")).isEmpty();

    apply(log.edit(fromCarl, "new"), log.recall(toNobody), log.read("aa", "bb", fromBob));
    assertThat(listed("aa")).containsExactly("bb m5 0", "aa m4 1", "dd m3 0", "cc m2 1");
    ConversationPage page = store.conversations("aa", null, 10, Integer.MAX_VALUE);
    assertThat(page.next()).isNull();
    assertThat(page.conversations().get(2).last().stored().revision().recalled()).isTrue();
    assertThat(page.conversations().get(3).last().stored().message().content()).isEqualTo("new");

    apply(log.at(START + 3 * HOUR + 1).p2p("aa", "cc", "m7"));
    assertThat(listed("aa")).containsExactly("cc m7 1", "bb m5 0", "aa m4 1", "dd m3 0");
  }

  private List<String> listed(String user) {
    return store.conversations(user, null, 100, Integer.MAX_VALUE).conversations().stream()
        .map(
            each ->
                each.peer()
                    + " "
                    + (each.last() == null ? "-" : each.last().stored().message().uuid())
                    + " "
                    + each.unread().count())
        .toList();
  }

  @Test
  void topicsStandAmongTheConversations() {
    apply(log.at(START).created("tea", "bb", "aa"), log.created("late", "cc", "dd"));
    apply(log.created("gone", "cc", "aa"), log.left("gone", "aa"));
    apply(
        log.at(START + HOUR).topicMessage("bb", "tea", "m1"), log.topicMessage("cc", "late", "m2"));
    apply(log.at(START + 2 * HOUR).created("cold", "cc", "aa"));
    apply(log.at(START + 3 * HOUR).p2p("bb", "aa", "m3"));
    apply(log.at(START + 4 * HOUR).joined("late", "aa"));
    assertThat(listed("aa")).containsExactly("late - 0", "bb m3 1", "cold - 0", "tea m1 1");

    List<String> paged = new ArrayList<>();
    ConversationCursor before = null;
    do {
      ConversationPage page = store.conversations("aa", before, 1, Integer.MAX_VALUE);
      page.conversations().forEach(each -> paged.add(each.kind() + " " + each.peer()));
      before = page.next();
    } while (before != null);
    assertThat(paged).containsExactly("TOPIC late", "P2P bb", "TOPIC cold", "TOPIC tea");

    apply(log.at(START + 5 * HOUR).topicMessage("dd", "cold", "m4"), log.left("late", "aa"));
    apply(log.topicMessage("dd", "late", "m5"));
    assertThat(listed("aa")).containsExactly("cold m4 1", "bb m3 1", "tea m1 1");
    apply(log.at(START + 6 * HOUR).joined("late", "aa"));
    assertThat(listed("aa")).containsExactly("late - 0", "cold m4 1", "bb m3 1", "tea m1 1");
  }

  /** Pages of any size, while messages come, list each conversation, and each page by time. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noConversationIsLeftOutWhilePaging(long seed) {
    Random random = new Random(seed);
    int peers = 40;
    long time = START;
    for (int i = 0; i < 3 * peers; i++) {
      time += random.nextLong(HOUR / (1 + random.nextInt(30)));
      apply(talk(random, peers, time, i));
    }
    for (int pages = 0; pages < 5; pages++) {
      List<String> all = listed("aa").stream().map(each -> each.split(" ")[0]).toList();
      boolean isBusy = pages > 0;
      List<String> paged = new ArrayList<>();
      ConversationCursor before = null;
      do {
        ConversationPage page =
            store.conversations("aa", before, 1 + random.nextInt(9), Integer.MAX_VALUE);
        assertThat(page.conversations())
            .isSortedAccordingTo(Comparator.comparing(each -> -each.last().stored().time()));
        page.conversations().forEach(each -> paged.add(each.peer()));
        before = page.next() == null ? null : ConversationCursor.decode(page.next().encode());
        if (isBusy && random.nextInt(3) == 0) {
          time += random.nextLong(HOUR / 4);
          apply(talk(random, peers, time, 1_000 * pages + paged.size()));
        }
      } while (before != null);
      if (isBusy) {
        assertThat(paged).as("seed %d", seed).containsAll(all);
      } else {
        assertThat(paged).as("seed %d", seed).isEqualTo(all);
      }
    }
  }

  @Test
  void aTopicThatWasJustJoinedStandsAboveAnEarlierMessage() {
    apply(log.at(START + 500).p2p("bb", "aa", "m1"), log.at(START + 600).created("tea", "aa"));
    assertThat(listed("aa")).containsExactly("tea - 0", "bb m1 1");
    apply(log.at(START + 1_000).p2p("cc", "aa", "m2"));
    assertThat(listed("aa")).containsExactly("cc m2 1", "tea - 0", "bb m1 1");
  }

  @Test
  void aTopicThatIsJoinedWhilePagingIsListed() {
    apply(log.at(START - HOUR).p2p("old", "aa", "m1"), log.at(START + 500).p2p("bb", "aa", "m2"));
    apply(log.at(START + 600).created("tea", "aa"));
    ConversationPage first = store.conversations("aa", null, 2, Integer.MAX_VALUE);
    assertThat(first.conversations())
        .extracting(ConversationPage.Entry::peer)
        .containsExactly("tea", "bb");
    apply(log.at(START + 700).created("zen", "aa"));
    assertThat(store.conversations("aa", first.next(), 2, Integer.MAX_VALUE).conversations())
        .extracting(ConversationPage.Entry::peer)
        .containsExactly("zen", "old");
  }

  /**
   * Many conversations within seconds. A message that comes to the view late, older than others
   * that a page listed, brings its conversation to a later page. One that did not move is listed
   * once, so the paging ends.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aLateMessageLeavesNoConversationOut(long seed) {
    Random random = new Random(seed);
    int peers = 60;
    long time = START;
    for (int i = 0; i < 2 * peers; i++) {
      time += i < peers ? HOUR : random.nextLong(100);
      apply(talk(random, peers, time, i));
    }
    List<String> all = listed("aa").stream().map(each -> each.split(" ")[0]).toList();
    int late = 0;
    List<String> paged = new ArrayList<>();
    ConversationCursor before = null;
    do {
      ConversationPage page =
          store.conversations("aa", before, 1 + random.nextInt(9), Integer.MAX_VALUE);
      page.conversations().forEach(each -> paged.add(each.peer()));
      before = page.next() == null ? null : ConversationCursor.decode(page.next().encode());
      for (int i = random.nextInt(3); i > 0 && late < peers / 2; i--) {
        time += random.nextLong(1_000);
        apply(talk(random, peers, time - random.nextLong(9_000), 1_000 + late));
        late++;
      }
    } while (before != null);
    assertThat(paged)
        .as("seed %d", seed)
        .containsAll(all)
        .hasSizeLessThanOrEqualTo(all.size() + late);
  }

  private Decoded.Valid<InboxEvent> talk(Random random, int peers, long time, int number) {
    String peer = "u" + random.nextInt(peers);
    return random.nextBoolean()
        ? log.at(time).p2p("aa", peer, "m" + number)
        : log.at(time).p2p(peer, "aa", "m" + number);
  }

  @Test
  void aPageOfConversationsEndsAtItsBytes() {
    applyLarge("cc", "aa", "m1");
    applyLarge("bb", "aa", "m2");
    applyLarge("aa", "dd", "m3");
    ConversationPage first = store.conversations("aa", null, 10, 65_000);
    assertThat(first.conversations()).hasSize(2);
    ConversationPage second = store.conversations("aa", first.next(), 10, 100);
    assertThat(second.conversations()).hasSize(1);
    assertThat(second.next()).isNull();
  }

  // Profiles

  @Test
  void aProfileKeepsWhatAChangeDoesNotNameAndPresenceLeavesItAlone() {
    Decoded.Valid<InboxEvent> named = log.profile("aa", "$$ROOT", null);
    Decoded.Valid<InboxEvent> pictured = log.profile("aa", null, "https://example.org/aa");
    store.savePresence(List.of(new PresenceEntry("aa", "", "", true, 1, 1)));
    apply(named, pictured);
    store.savePresence(List.of(new PresenceEntry("aa", "", "", false, 2, 2)));
    StoredProfile both = profile("aa", "$$ROOT", "https://example.org/aa", pictured);
    assertThat(store.profiles(List.of("aa", "bb", "aa"))).containsExactly(both);

    Decoded.Valid<InboxEvent> emptied = log.profile("aa", "", null);
    apply(emptied, log.profile("bb", null, null));
    apply(named, pictured);
    assertThat(store.profiles(List.of("aa")))
        .containsExactly(profile("aa", "", "https://example.org/aa", emptied));
    assertThat(store.profiles(List.of("bb", "cc")))
        .extracting(StoredProfile::user)
        .containsExactly("bb");
    assertThat(store.profiles(List.of())).isEmpty();
  }

  private static StoredProfile profile(
      String user, String nickname, String avatar, Decoded.Valid<InboxEvent> last) {
    return new StoredProfile(user, nickname, avatar, last.record().offset());
  }

  // Contacts

  @Test
  void aContactKeepsWhatAChangeDoesNotName() {
    Decoded.Valid<InboxEvent> named = log.contact("aa", "bb", "Bob", null);
    Decoded.Valid<InboxEvent> labelled = log.contact("aa", "bb", null, List.of("work", "$chess"));
    Decoded.Valid<InboxEvent> other = log.contact("aa", "cc", "$$ROOT", List.of());
    apply(named);
    assertThat(store.contact("aa", "bb")).isEqualTo(contact("bb", "Bob", named));

    apply(labelled, other);
    StoredContact bob = contact("bb", "Bob", labelled, "work", "$chess");
    assertThat(store.contact("aa", "bb")).isEqualTo(bob);
    assertThat(store.contact("aa", "dd")).isNull();
    assertThat(store.contact("bb", "aa")).isNull();
    assertThat(store.contacts("aa", "", 10)).containsExactly(bob, contact("cc", "$$ROOT", other));

    Decoded.Valid<InboxEvent> emptied = log.contact("aa", "bb", "", List.of());
    apply(emptied);
    apply(named, labelled, other);
    assertThat(store.contacts("aa", "", 1)).containsExactly(contact("bb", "", emptied));
    assertThat(store.contacts("aa", "bb", 10)).containsExactly(contact("cc", "$$ROOT", other));
    assertThat(store.contacts("a", "", 10)).isEmpty();
  }

  private static StoredContact contact(
      String user, String remark, Decoded.Valid<InboxEvent> last, String... labels) {
    return new StoredContact("aa", user, remark, List.of(labels), last.record().offset());
  }

  // Presence

  @Test
  void onlyANewerGuardChangesPresence() {
    PresenceEntry first = new PresenceEntry("aa", "10.0.0.1:5", "10.0.0.9:1", true, 1_000, 7);
    store.savePresence(List.of(first, new PresenceEntry("bb", "", "", false, 900, 3)));
    store.savePresence(List.of(new PresenceEntry("aa", "", "", false, 2_000, 7)));
    store.savePresence(List.of(new PresenceEntry("aa", "", "", false, 2_000, 6)));
    assertThat(presence(store, "aa")).isEqualTo(first);

    PresenceEntry second = new PresenceEntry("aa", "", "", false, 3_000, 8);
    store.savePresence(List.of(second));
    assertThat(presence(store, "aa")).isEqualTo(second);
    assertThat(presence(store, "cc")).isNull();
  }

  @Test
  void theLiveEdgesAreReplaced() {
    store.saveEdges("10.0.0.1:7000", List.of("10.0.0.2:9000", "10.0.0.3:9000"));
    store.saveEdges("10.0.0.2:7000", List.of());
    store.saveEdges("10.0.0.1:7000", List.of("10.0.0.3:9000"));

    assertThat(edges(store, "10.0.0.1:7000")).containsExactly("10.0.0.3:9000");
    assertThat(edges(store, "10.0.0.2:7000")).isEmpty();
  }

  // Friends, blocks, verdicts

  private List<Decoded.Valid<InboxEvent>> friend(
      FriendAct act, String uuid, String from, String to) {
    return log.fact(new FriendEvent(act, uuid, from, to, "text of " + uuid), from, to);
  }

  private void applyAll(List<List<Decoded.Valid<InboxEvent>>> facts) {
    List<Decoded.Valid<InboxEvent>> all = new ArrayList<>();
    facts.forEach(all::addAll);
    store.apply(plan(all));
  }

  @Test
  void aRequestIsInTheListsOfBothAndIsAnsweredInBoth() {
    applyAll(
        List.of(
            log.at(START)
                .fact(new FriendEvent(FriendAct.ADD, "u1", "aa", "bb", "I am aa"), "aa", "bb")));
    for (String owner : List.of("aa", "bb")) {
      StoredRequest request = store.requests(owner, 10).getFirst();
      assertThat(request.reqUser()).isEqualTo("aa");
      assertThat(request.user()).isEqualTo("bb");
      assertThat(request.message()).isEqualTo("I am aa");
      assertThat(request.status()).isEqualTo(RequestStatus.PENDING);
      assertThat(request.timeSeconds()).isEqualTo(START / 1000);
      assertThat(store.relations(owner)).isEqualTo(Relations.NONE);
    }

    applyAll(List.of(friend(FriendAct.ACCEPT, "u2", "bb", "aa")));

    for (String owner : List.of("aa", "bb")) {
      String peer = owner.equals("aa") ? "bb" : "aa";
      assertThat(store.requests(owner, 10))
          .extracting(StoredRequest::status)
          .containsExactly(RequestStatus.ACCEPTED);
      assertThat(store.relations(owner).of(Circle.FRIENDS)).containsExactly(peer);
    }
    assertThat(store.requests("cc", 10)).isEmpty();
  }

  @Test
  void anAnswerIsToTheNewestRequestBeforeIt() {
    var first = friend(FriendAct.ADD, "u1", "aa", "bb");
    var rejected = friend(FriendAct.REJECT, "u2", "bb", "aa");
    var second = friend(FriendAct.ADD, "u3", "aa", "bb");
    applyAll(List.of(first, rejected, second));
    applyAll(List.of(rejected));

    assertThat(store.requests("bb", 10))
        .extracting(StoredRequest::uuid)
        .containsExactly("u3", "u1");
    assertThat(store.requests("bb", 10))
        .extracting(StoredRequest::status)
        .containsExactly(RequestStatus.PENDING, RequestStatus.REJECTED);
    assertThat(store.requests("bb", 1)).hasSize(1);
  }

  @Test
  void aFactThatComesAgainAfterALaterOneChangesNothing() {
    var accepted = friend(FriendAct.ACCEPT, "u1", "bb", "aa");
    var removed = friend(FriendAct.REMOVE, "u2", "aa", "bb");
    applyAll(List.of(accepted, removed));
    Digest once = store.digest();

    applyAll(List.of(accepted));

    assertThat(store.relations("aa").of(Circle.FRIENDS)).isEmpty();
    assertThat(store.digest()).isEqualTo(once);
  }

  @Test
  void aBlockIsKnownToBoth() {
    var blocked = log.fact(new BlockEvent(BlockAct.ADD, "u1", "aa", "bb"), "aa", "bb");
    applyAll(List.of(blocked));
    assertThat(store.relations("aa").of(Circle.BLOCKED)).containsExactly("bb");
    assertThat(store.relations("bb").of(Circle.BLOCKED_BY)).containsExactly("aa");
    assertThat(store.delivered(Stream.MUTUAL, "bb", -1, ALL, 10)).isEmpty();
    PairState pair = store.pairs(List.of(PairState.of("bb", "aa"))).get("aa|bb");
    assertThat(pair).isNotNull();
    assertThat(pair.isBlocking("aa")).isTrue();
    assertThat(pair.isBlocking("bb")).isFalse();

    applyAll(List.of(log.fact(new BlockEvent(BlockAct.REMOVE, "u2", "aa", "bb"), "aa", "bb")));
    assertThat(store.relations("aa")).isEqualTo(Relations.NONE);
    assertThat(store.relations("bb")).isEqualTo(Relations.NONE);
  }

  @Test
  void itIsKnownHowManyAreInTheCirclesOfAUser() {
    applyAll(List.of(friend(FriendAct.ACCEPT, "u0", "bb", "dd")));
    for (String blocker : List.of("aa", "cc", "bb")) {
      String blocked = blocker.equals("bb") ? "aa" : "bb";
      applyAll(
          List.of(
              log.fact(
                  new BlockEvent(BlockAct.ADD, "u-" + blocker, blocker, blocked),
                  blocker,
                  blocked)));
    }
    Map<String, Integer> blockers = store.sizes(Circle.BLOCKED_BY, List.of("aa", "bb", "dd", "zz"));
    assertThat(blockers).containsEntry("aa", 1).containsEntry("bb", 2);
    assertThat(blockers.getOrDefault("dd", 0) + blockers.getOrDefault("zz", 0)).isZero();
    assertThat(store.sizes(Circle.BLOCKED_BY, List.of())).isEmpty();
    applyAll(List.of(friend(FriendAct.ACCEPT, "u1", "bb", "aa")));
    assertThat(store.sizes(Circle.FRIENDS, List.of("bb", "dd")))
        .containsExactlyInAnyOrderEntriesOf(Map.of("bb", 2, "dd", 1));
    assertThat(store.sizes(Circle.BLOCKED, List.of("cc"))).containsEntry("cc", 1);
  }

  @Test
  void aStepBetweenTwoUsersIsAMessageOfTheOneAndIsDeliveredToBoth() {
    var asked = friend(FriendAct.ADD, "u1", "aa", "bb");
    applyAll(List.of(asked));

    StoredMessage message = store.find(Stream.MUTUAL, "bb", "u1", "aa");
    assertThat(message).isNotNull();
    assertThat(message.message().token()).isEqualTo("add_friend");
    assertThat(message.read()).isFalse();
    assertThat(store.unread("bb").mutual()).isEqualTo(1);
    assertThat(store.unread("aa").mutual()).isZero();
    for (int i = 0; i < 2; i++) {
      InboxRecord delivered =
          store.delivered(Stream.MUTUAL, asked.get(i).owner(), -1, ALL, 10).getFirst();
      assertThat(delivered.value()).isEqualTo(asked.get(i).record().value());
    }
  }

  @Test
  void aVerdictIsFoundByItsCommand() {
    // A store forgets verdicts after a day by its own clock.
    log.at(System.currentTimeMillis());
    Decoded.Valid<InboxEvent> refused =
        log.append(new VerdictEvent(Stream.MUTUAL, "aa|bb", "bb", "u/1", 4009, "no", null, null));
    Decoded.Valid<InboxEvent> taken =
        log.append(new VerdictEvent(Stream.MUTUAL, "aa|bb", "aa", "u/1", 0, null, "0f1e", null));
    store.apply(plan(refused, taken));
    store.apply(plan(refused));

    CommandId byBb = new CommandId("bb", "aa|bb", "u/1");
    CommandId byAa = new CommandId("aa", "aa|bb", "u/1");
    assertThat(store.verdicts(List.of(byBb, byAa, new CommandId("cc", "aa|bb", "u/1"))))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                byBb,
                new StoredVerdict(
                    byBb, 4009, "no", null, position(refused), refused.record().timestamp()),
                byAa,
                new StoredVerdict(
                    byAa, 0, null, "0f1e", position(taken), taken.record().timestamp())));
    assertThat(store.verdicts(List.of())).isEmpty();
  }

  @Test
  void theFirstVerdictOnACommandStaysForADay() {
    long now = System.currentTimeMillis();
    log.at(now - StoredVerdict.KEPT_MILLIS);
    store.apply(plan(log.append(verdict(4003, null))));
    log.at(now);
    Decoded.Valid<InboxEvent> first = log.append(verdict(0, null));
    Decoded.Valid<InboxEvent> inTheSameBatch = log.append(verdict(0, null));
    Decoded.Valid<InboxEvent> later = log.append(verdict(0, null));
    Origin of = new Origin(position(first), first.record().timestamp());
    Decoded.Valid<InboxEvent> repeated = log.append(verdict(0, of));
    store.apply(plan(inTheSameBatch, first));
    store.apply(plan(later, repeated));
    store.apply(plan(first));

    CommandId id = new CommandId("aa", "tea", "u");
    assertThat(store.verdicts(List.of(id)))
        .containsEntry(
            id,
            new StoredVerdict(id, 0, null, "0f1e", position(first), first.record().timestamp()));
  }

  private static VerdictEvent verdict(int code, @Nullable Origin of) {
    return new VerdictEvent(Stream.TOPIC, "tea", "aa", "u", code, null, "0f1e", of);
  }

  @Test
  void aUserWithFriendsKeepsPresence() {
    store.savePresence(List.of(new PresenceEntry("aa", "1.2.3.4:5", "e:1", true, 7, 3)));
    applyAll(List.of(friend(FriendAct.ACCEPT, "u1", "bb", "aa")));
    store.savePresence(List.of(new PresenceEntry("bb", "1.2.3.4:6", "e:1", true, 8, 3)));

    assertThat(presence(store, "aa")).isNotNull().extracting("address").isEqualTo("1.2.3.4:5");
    assertThat(presence(store, "bb")).isNotNull().extracting("address").isEqualTo("1.2.3.4:6");
    assertThat(store.relations("aa").of(Circle.FRIENDS)).containsExactly("bb");
    assertThat(store.relations("bb").of(Circle.FRIENDS)).containsExactly("aa");
  }

  @Test
  void presenceIsNotInTheDigest() {
    Digest empty = store.digest();
    store.savePresence(List.of(new PresenceEntry("aa", "", "", true, 1, 1)));
    store.saveEdges("10.0.0.1:7000", List.of("10.0.0.2:9000"));

    assertThat(store.digest()).isEqualTo(empty);
    assertThat(empty.collections())
        .containsOnlyKeys(
            "p2p_record_message",
            "mutual_record_message",
            "topic_record_message",
            "inbox",
            "topic_info",
            "topic_member",
            "read_mark",
            "client_info",
            "friend_request",
            "contact_info",
            "conversation");
  }

  // One history, however it is applied

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void oneLogMakesOneView(long seed) {
    TestLog history = SeededHistory.of(seed, 600);
    Digest expected = oneByOne(history);
    ModelView model = new ModelView(history.records());

    new RandomApplier(seed, history).run(store, (plan, stages) -> crash(store, plan, stages));

    assertThat(store.digest()).as("seed %d", seed).isEqualTo(expected);
    for (StoredMessage stored : model.messages()) {
      MessageEvent message = stored.message();
      assertThat(store.find(message.kind(), message.to(), message.uuid(), message.from()))
          .as("seed %d", seed)
          .isEqualTo(model.newest(message));
    }
    assertThat(store.pairs(pairsOfAcquaintances())).as("seed %d", seed).isEqualTo(folded(history));
    Random random = new Random(seed);
    assertThat(store.profiles(SeededHistory.USERS))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(model.profiles());
    for (String user : SeededHistory.USERS) {
      assertThat(store.conversations(user, null, 100, Integer.MAX_VALUE).conversations())
          .as("seed %d: %s", seed, user)
          .isEqualTo(model.conversations(user));
      assertThat(store.contacts(user, "", 100)).isEqualTo(model.contacts(user));
      assertThat(store.unread(user)).as("seed %d: %s", seed, user).isEqualTo(model.unread(user));
      for (Stream stream : List.of(Stream.P2P, Stream.MUTUAL)) {
        for (int i = 0; i < 6; i++) {
          isAnsweredAsBy(model, stream, user, random);
        }
        for (String peer : SeededHistory.USERS) {
          isPagedAsBy(model, stream, user, peer, 1 + random.nextInt(12));
        }
      }
    }
  }

  private static List<PairState> pairsOfAcquaintances() {
    return List.of(PairState.of("fa", "fb"), PairState.of("fb", "fc"), PairState.of("fc", "fa"));
  }

  /** What the facts of each pair add up to, by the decider's own function. */
  private static Map<String, PairState> folded(TestLog history) {
    Map<String, PairState> states = new HashMap<>();
    pairsOfAcquaintances().forEach(pair -> states.put(pair.key(), pair));
    for (Decoded.Valid<InboxEvent> valid : history.records()) {
      switch (valid.event()) {
        case FriendEvent fact -> {
          if (valid.owner().equals(fact.to())) {
            states.computeIfPresent(
                PairKey.of(fact.from(), fact.to()), (key, state) -> state.apply(fact));
          }
        }
        case BlockEvent fact -> {
          if (valid.owner().equals(fact.to())) {
            states.computeIfPresent(
                PairKey.of(fact.from(), fact.to()), (key, state) -> state.apply(fact));
          }
        }
        default -> {
          // another family
        }
      }
    }
    return states;
  }

  /** Between random bounds, in and out of the log. */
  private void isAnsweredAsBy(ModelView model, Stream stream, String user, Random random) {
    long above = random.nextInt(-1, 250);
    long below = random.nextBoolean() ? ALL : above + random.nextInt(150);
    int limit = 1 + random.nextInt(30);
    String what = "%s of %s above %d below %d, %d".formatted(stream, user, above, below, limit);

    List<Long> inbox = model.inbox(stream, user, above, below);
    assertThat(store.delivered(stream, user, above, below, limit))
        .as(what)
        .extracting(InboxRecord::offset)
        .isEqualTo(inbox.subList(0, Math.min(limit, inbox.size())));
    assertThat(store.deliveredFloor(stream, user, above, below, limit))
        .as(what)
        .isEqualTo(ModelView.floor(inbox, above, limit));

    List<StoredMessage> unread = model.unread(stream, user, above, below);
    assertThat(store.unreadMessages(stream, user, above, below, limit))
        .as(what)
        .isEqualTo(unread.subList(0, Math.min(limit, unread.size())));
    assertThat(store.unreadFloor(stream, user, above, below, limit))
        .as(what)
        .isEqualTo(
            ModelView.floor(
                unread.stream().map(stored -> stored.at().offset()).toList(), above, limit));
  }

  private void isPagedAsBy(ModelView model, Stream stream, String user, String peer, int limit) {
    List<StoredMessage> pages = new ArrayList<>();
    HistoryCursor before = null;
    do {
      MessagePage page = history(stream, user, peer, before, limit);
      assertThat(page.messages()).hasSizeLessThanOrEqualTo(limit);
      pages.addAll(page.messages());
      before = page.next();
    } while (before != null);
    assertThat(pages)
        .as("%s of %s and %s by %d", stream, user, peer, limit)
        .isEqualTo(model.history(stream, user, peer));
  }

  private static Digest oneByOne(TestLog history) {
    try (RecordStore reference = new InMemoryRecordStore()) {
      reference.open(LOG_ID);
      history.records().forEach(each -> reference.apply(history.counted(each)));
      return reference.digest();
    }
  }

  private void apply(Decoded.Valid<InboxEvent>... records) {
    store.apply(log.counted(records));
  }

  private void applyMessages(String from, String to, int count) {
    List<Decoded.Valid<InboxEvent>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(log.p2p(from, to, "m" + i));
    }
    apply(all.toArray(Decoded.Valid[]::new));
  }

  private void applyLarge(String from, String to, String... uuids) {
    String content = "x".repeat(30_000);
    for (String uuid : uuids) {
      apply(log.append(new MessageEvent(Stream.P2P, uuid, from, to, "text", content)));
    }
  }

  private MessagePage history(
      Stream stream, String user, String peer, @Nullable HistoryCursor before, int limit) {
    return store.history(stream, user, peer, before, limit, Integer.MAX_VALUE);
  }

  private StoredMessage found(String uuid) {
    return found(uuid, "aa");
  }

  private StoredMessage found(String uuid, String from) {
    return Objects.requireNonNull(store.find(Stream.P2P, "bb", uuid, from));
  }

  private boolean read(String uuid) {
    return found(uuid).read();
  }

  private List<Long> inboxOffsets(long above, long below, int limit) {
    return store.delivered(Stream.P2P, "bb", above, below, limit).stream()
        .map(InboxRecord::offset)
        .toList();
  }

  private List<String> unread(long above, long below, int limit) {
    return uuids(store.unreadMessages(Stream.P2P, "bb", above, below, limit));
  }

  private static List<String> uuids(MessagePage page) {
    return uuids(page.messages());
  }

  private static List<String> uuids(List<StoredMessage> messages) {
    return messages.stream().map(stored -> stored.message().uuid()).toList();
  }

  private static int number(String uuid) {
    return Integer.parseInt(uuid.substring(1));
  }

  private static InboxRecord delivered(Decoded.Valid<InboxEvent> valid) {
    return new InboxRecord(
        valid.event().kind(),
        valid.owner(),
        valid.record().partition(),
        valid.record().offset(),
        valid.record().timestamp(),
        Objects.requireNonNull(valid.record().value()));
  }
}
