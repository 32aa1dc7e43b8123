package im.linnet.records;

import static im.linnet.records.TestLog.position;
import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.Audience;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.ReadEvent;
import im.linnet.schemas.event.RenamedEvent;
import im.linnet.schemas.event.TransferredEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link RecordStore} does with topics. */
public abstract class TopicContract {
  protected static final String LOG_ID = "log-1";
  private static final long ALL = Long.MAX_VALUE;
  private static final int ALL_BYTES = Integer.MAX_VALUE;

  private final TestLog log = new TestLog();
  private RecordStore store;

  /** An empty store, not opened. */
  protected abstract RecordStore create();

  /** Applies the beginning of a plan, as far as this store can be stopped there. */
  protected abstract void crash(RecordStore of, RecordPlan plan, int stages);

  @BeforeEach
  void open() {
    store = create();
    store.open(LOG_ID);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @SafeVarargs
  private void apply(Decoded.Valid<InboxEvent>... records) {
    store.apply(log.counted(records));
  }

  private static long offset(Decoded.Valid<InboxEvent> record) {
    return record.record().offset();
  }

  private Membership membership(String topic, String user) {
    return Objects.requireNonNull(store.topics().membership(topic, user));
  }

  // Topics and members

  @Test
  void aTopicIsAsItWasCreated() {
    Decoded.Valid<InboxEvent> created =
        log.at(1_763_755_200_999L).skip(Stream.TOPIC, "tea", 7).created("tea", true, "bb", "aa");
    apply(created);

    TopicState state = Objects.requireNonNull(store.topics().state("tea"));
    assertThat(state.founder()).isEqualTo("bb");
    assertThat(state.members()).containsExactly("aa", "bb");
    assertThat(state.last()).isEqualTo(position(created));
    assertThat(state.lastTime()).isEqualTo(1_763_755_200_999L);
    assertThat(state.disbanded()).isFalse();
    assertThat(store.topics().summary("tea"))
        .isEqualTo(
            new TopicSummary("tea", "name of tea", "bb", JoinPolicy.OPEN, true, 2, 1_763_755_200L));
    assertThat(store.topics().of("aa"))
        .containsExactly(Objects.requireNonNull(store.topics().summary("tea")));
    assertThat(store.topics().members("tea", null, 10))
        .isEqualTo(
            new TopicMembers(
                List.of(
                    new TopicMembers.Member("aa", 1_763_755_200L),
                    new TopicMembers.Member("bb", 1_763_755_200L)),
                null));
    assertThat(membership("tea", "aa"))
        .isEqualTo(
            new Membership(
                "tea",
                TestLog.partitionOf("tea"),
                "aa",
                true,
                1_763_755_200L,
                List.of(new Span(7, Span.OPEN)),
                -1));
  }

  @Test
  void whatWasNeverThereIsUnknown() {
    apply(log.created("tea", "aa"));
    assertThat(store.topics().state("te")).isNull();
    assertThat(store.topics().summary("teaa")).isNull();
    assertThat(store.topics().of("bb")).isEmpty();
    assertThat(store.topics().members("te", null, 10).members()).isEmpty();
    assertThat(store.topics().membership("tea", "bb")).isNull();
    assertThat(store.topics().memberships("bb")).isEmpty();
    assertThat(store.topics().find("tea", "m1")).isNull();
  }

  @Test
  void aMemberMayLeaveAndComeBack() {
    Decoded.Valid<InboxEvent> created = log.created("tea", "aa", "bb");
    Decoded.Valid<InboxEvent> left = log.left("tea", "bb");
    apply(created, left);
    assertThat(membership("tea", "bb").spans())
        .containsExactly(new Span(offset(created), offset(left)));
    assertThat(membership("tea", "bb").isMember()).isFalse();
    assertThat(store.topics().of("bb")).isEmpty();
    assertThat(store.topics().members("tea", null, 10).members())
        .extracting(TopicMembers.Member::user)
        .containsExactly("aa");

    Decoded.Valid<InboxEvent> back = log.at(1_763_755_260_000L).joined("tea", "bb", "cc");
    Decoded.Valid<InboxEvent> kicked = log.kicked("tea", "aa", "cc");
    apply(back, kicked);
    assertThat(membership("tea", "bb").spans())
        .containsExactly(
            new Span(offset(created), offset(left)), new Span(offset(back), Span.OPEN));
    assertThat(membership("tea", "bb").joinTime()).isEqualTo(1_763_755_260L);
    assertThat(membership("tea", "cc").spans())
        .containsExactly(new Span(offset(back), offset(kicked)));
    assertThat(Objects.requireNonNull(store.topics().summary("tea")).members()).isEqualTo(2);
  }

  @Test
  void itIsKnownHowOftenAUserJoined() {
    apply(log.created("tea", "aa", "bb"), log.left("tea", "bb"), log.created("cake", "aa"));
    apply(log.joined("tea", "bb", "cc"), log.left("tea", "bb"), log.joined("tea", "bb"));
    Map<String, Map<String, Integer>> times =
        store
            .topics()
            .timesJoined(
                Map.of("tea", Set.of("bb", "cc", "dd"), "cake", Set.of("aa"), "no", Set.of("bb")));
    assertThat(times.get("tea")).isEqualTo(Map.of("bb", 3, "cc", 1));
    assertThat(times.get("cake")).isEqualTo(Map.of("aa", 1));
    assertThat(times.getOrDefault("no", Map.of())).isEmpty();
    assertThat(store.topics().timesJoined(Map.of())).isEmpty();
  }

  @Test
  void aTopicHasItsNewestNameAndFounder() {
    Decoded.Valid<InboxEvent> created = log.created("tea", "aa", "bb");
    Decoded.Valid<InboxEvent> renamed =
        log.append(new RenamedEvent(log.act("tea", "aa"), "Green tea"));
    Decoded.Valid<InboxEvent> transferred =
        log.append(new TransferredEvent(log.act("tea", "aa"), "bb"));
    apply(transferred, created, renamed);
    TopicSummary summary = Objects.requireNonNull(store.topics().summary("tea"));
    assertThat(summary.name()).isEqualTo("Green tea");
    assertThat(summary.founder()).isEqualTo("bb");
    assertThat(summary.members()).isEqualTo(2);
  }

  @Test
  void aDisbandedTopicEndsForAllAndItsIdStays() {
    Decoded.Valid<InboxEvent> created = log.created("tea", "aa", "bb", "cc");
    Decoded.Valid<InboxEvent> left = log.left("tea", "cc");
    Decoded.Valid<InboxEvent> over = log.disbanded("tea", "aa");
    apply(created);
    apply(left, over);
    assertThat(store.topics().summary("tea")).isNull();
    assertThat(store.topics().of("bb")).isEmpty();
    TopicState state = Objects.requireNonNull(store.topics().state("tea"));
    assertThat(state.disbanded()).isTrue();
    assertThat(state.members()).isEmpty();
    TopicSummary last = Objects.requireNonNull(store.topics().lastSummary("tea"));
    assertThat(last).isEqualTo(state.summary());
    assertThat(last.members()).isZero();
    assertThat(store.topics().states(List.of("tea", "rain"))).isEqualTo(Map.of("tea", state));
    assertThat(membership("tea", "bb").spans())
        .containsExactly(new Span(offset(created), offset(over)));
    assertThat(membership("tea", "cc").spans())
        .containsExactly(new Span(offset(created), offset(left)));
    assertThat(membership("tea", "bb").isMember()).isFalse();
  }

  @Test
  void aRepeatOfOldFactsChangesNothing() {
    Decoded.Valid<InboxEvent> created = log.created("tea", "aa", "bb");
    Decoded.Valid<InboxEvent> left = log.left("tea", "bb");
    Decoded.Valid<InboxEvent> back = log.joined("tea", "bb");
    Decoded.Valid<InboxEvent> renamed = log.append(new RenamedEvent(log.act("tea", "aa"), "x"));
    apply(created, left, back, renamed);
    Digest once = store.digest();
    apply(created);
    apply(left);
    apply(created, left, back);
    apply(renamed, back);
    assertThat(store.digest()).isEqualTo(once);
  }

  @Test
  void membersComeInPagesByName() {
    String[] members = new String[25];
    for (int i = 0; i < members.length; i++) {
      members[i] = String.format(Locale.ROOT, "u%02d", 24 - i);
    }
    apply(log.created("tea", members), log.created("tea0", "zz"), log.left("tea", "u07"));
    List<String> all = new ArrayList<>();
    String after = null;
    do {
      TopicMembers page = store.topics().members("tea", after, 7);
      assertThat(page.members()).hasSizeLessThanOrEqualTo(7);
      page.members().forEach(each -> all.add(each.user()));
      after = page.next();
    } while (after != null);
    assertThat(all).hasSize(24).isSorted().doesNotContain("u07", "zz");
    assertThat(store.topics().members("tea", null, 24).next()).isNull();
  }

  // What was delivered

  @Test
  void aTopicsRecordsStandUnderItOnce() {
    Decoded.Valid<InboxEvent> created = log.created("tea", "aa", "bb");
    Decoded.Valid<InboxEvent> message = log.topicMessage("aa", "tea", "m1");
    Decoded.Valid<InboxEvent> told = log.readTopic("bb", message);
    Decoded.Valid<InboxEvent> own =
        log.append(
            new ReadEvent(
                Stream.TOPIC, "aa", "tea", new Extent.UpTo(position(message)), Audience.READER));
    Decoded.Valid<InboxEvent> edit = log.edit(message, "new");
    apply(created, message, told, own, edit);
    assertThat(store.delivered(Stream.TOPIC, "tea", -1, ALL, 10))
        .extracting(InboxRecord::offset)
        .containsExactly(offset(created), offset(message), offset(told), offset(edit));
    assertThat(store.delivered(Stream.P2P, "tea", -1, ALL, 10)).isEmpty();
    assertThat(store.deliveredFloor(Stream.TOPIC, "tea", -1, ALL, 3)).isEqualTo(offset(created));
    InboxRecord found =
        store
            .delivered(
                Stream.TOPIC, InboxRecord.readerKey(TestLog.partitionOf("tea"), "aa"), -1, ALL, 10)
            .getFirst();
    assertThat(found.at()).isEqualTo(position(own));
    assertThat(found.value()).isEqualTo(own.record().value());
  }

  @Test
  void aTopicsMessageCanBeChangedAndFound() {
    Decoded.Valid<InboxEvent> created = log.created("tea", "aa", "bb");
    Decoded.Valid<InboxEvent> message = log.topicMessage("aa", "tea", "m1");
    Decoded.Valid<InboxEvent> other = log.topicMessage("bb", "tea", "m1");
    apply(created, message, other, log.edit(message, "new"), log.edit(other, "y"));
    apply(log.recall(other));
    assertThat(Objects.requireNonNull(store.find(Stream.TOPIC, "tea", "m1", "aa")).message())
        .isEqualTo(new MessageEvent(Stream.TOPIC, "m1", "aa", "tea", "text", "new"));
    StoredMessage recalled = Objects.requireNonNull(store.topics().find("tea", "m1"));
    assertThat(recalled.at()).isEqualTo(position(other));
    assertThat(recalled.revision().recalled()).isTrue();
    assertThat(store.holds(Stream.TOPIC, "tea", "m1")).isTrue();
    assertThat(store.delivered(Stream.TOPIC, "tea", -1, ALL, 10))
        .noneMatch(each -> new String(each.value(), StandardCharsets.UTF_8).contains("\"y\""));
  }

  // Read marks

  @Test
  void whoeverReadIsAReaderIfItWasAMember() {
    Decoded.Valid<InboxEvent> created = log.created("tea", "aa", "bb");
    Decoded.Valid<InboxEvent> one = log.topicMessage("aa", "tea", "m1");
    Decoded.Valid<InboxEvent> joined = log.joined("tea", "cc");
    Decoded.Valid<InboxEvent> two = log.topicMessage("bb", "tea", "m2");
    apply(created, one, joined, two);
    apply(log.readTopic("cc", two), log.readTopic("bb", two), log.readTopic("aa", one));
    assertThat(readers("m1")).isEqualTo(new Readers(List.of("bb"), 1));
    assertThat(readers("m2")).isEqualTo(new Readers(List.of("cc"), 1));
    assertThat(membership("tea", "cc").upTo()).isEqualTo(offset(two));
    apply(log.readTopic("aa", two), log.left("tea", "bb"));
    assertThat(readers("m1")).isEqualTo(new Readers(List.of("bb"), 1));
    assertThat(readers("m2")).isEqualTo(new Readers(List.of("aa", "cc"), 2));
    assertThat(store.topics().readers(found("m2"), 1)).isEqualTo(new Readers(List.of("aa"), 2));
  }

  @Test
  void inATopicWithHistoryNewcomersReadWhatWasThere() {
    Decoded.Valid<InboxEvent> created = log.created("tea", true, "aa");
    Decoded.Valid<InboxEvent> one = log.topicMessage("aa", "tea", "m1");
    Decoded.Valid<InboxEvent> joined = log.joined("tea", "cc");
    apply(created, one, joined, log.readTopic("cc", one));
    assertThat(readers("m1")).isEqualTo(new Readers(List.of("cc"), 1));
  }

  @Test
  void aMarkOfNamedMessagesGoesUpToTheNewestOfThem() {
    Decoded.Valid<InboxEvent> created = log.created("tea", "aa", "bb");
    Decoded.Valid<InboxEvent> one = log.topicMessage("aa", "tea", "m1");
    Decoded.Valid<InboxEvent> two = log.topicMessage("aa", "tea", "m2");
    Decoded.Valid<InboxEvent> three = log.topicMessage("aa", "tea", "m3");
    ReadEvent named =
        new ReadEvent(
            Stream.TOPIC, "bb", "tea", new Extent.Uuids(List.of("m2", "m4")), Audience.ALL);
    Decoded.Valid<InboxEvent> read = log.append(named);
    Decoded.Valid<InboxEvent> four = log.topicMessage("aa", "tea", "m4");
    apply(created, one, two, three, read, four);
    assertThat(membership("tea", "bb").upTo()).isEqualTo(offset(two));
    assertThat(readers("m1").count()).isEqualTo(1);
    assertThat(readers("m3").count()).isZero();
  }

  @Test
  void aMarkNeverGoesBack() {
    Decoded.Valid<InboxEvent> created = log.created("tea", "aa", "bb");
    Decoded.Valid<InboxEvent> one = log.topicMessage("aa", "tea", "m1");
    Decoded.Valid<InboxEvent> two = log.topicMessage("aa", "tea", "m2");
    apply(created, one, two, log.readTopic("bb", two));
    Decoded.Valid<InboxEvent> low = log.readTopic("bb", one);
    apply(low);
    assertThat(membership("tea", "bb").upTo()).isEqualTo(offset(two));
    Decoded.Valid<InboxEvent> beyond =
        log.append(
            new ReadEvent(
                Stream.TOPIC,
                "aa",
                "tea",
                new Extent.UpTo(new Position(position(one).place(), 1_000)),
                Audience.ALL));
    apply(beyond, log.topicMessage("bb", "tea", "m3"));
    assertThat(membership("tea", "aa").upTo()).isEqualTo(offset(beyond) - 1);
    assertThat(readers("m3").count()).isZero();
  }

  @Test
  void readersAreCountedBeyondWhatAMessageHolds() {
    String[] members = new String[1_105];
    for (int i = 0; i < members.length; i++) {
      members[i] = String.format(Locale.ROOT, "u%04d", i);
    }
    List<Decoded.Valid<InboxEvent>> all = new ArrayList<>();
    all.add(log.created("tea", List.of(members).subList(0, 900).toArray(String[]::new)));
    all.add(log.joined("tea", List.of(members).subList(900, 1_105).toArray(String[]::new)));
    Decoded.Valid<InboxEvent> message = log.topicMessage("u1104", "tea", "m1");
    all.add(message);
    store.apply(log.counted(all));
    List<Decoded.Valid<InboxEvent>> marks = new ArrayList<>();
    for (int i = 1_103; i >= 0; i--) {
      marks.add(log.readTopic(members[i], message));
    }
    store.apply(log.counted(marks.subList(0, 600)));
    store.apply(log.counted(marks.subList(600, 1_104)));
    assertThat(readers("m1").count()).isEqualTo(1_104);
    assertThat(readers("m1").names()).hasSize(200).startsWith("u0000").endsWith("u0199");
    assertThat(history("u0001", null, 10).messages().getFirst().readers()).isEqualTo(1_104);
    assertThat(store.digest()).isEqualTo(oneByOne(log));
  }

  @Test
  void aFirstMarkOverALongHistoryCountsAtOnce() {
    List<Decoded.Valid<InboxEvent>> all = new ArrayList<>();
    all.add(log.created("tea", true, "aa"));
    for (int i = 0; i < 30; i++) {
      all.add(log.topicMessage("aa", "tea", "m" + i));
    }
    all.add(log.joined("tea", "bb", "cc"));
    store.apply(log.counted(all));
    apply(log.readTopic("bb", all.get(29)), log.readTopic("cc", all.get(10)));
    Digest expected = oneByOne(log);
    do {
      assertThat(readers("m0").names()).containsExactly("bb", "cc");
      assertThat(readers("m28").names()).containsExactly("bb");
      assertThat(history("bb", null, 40).messages())
          .extracting(TopicPage.Entry::readers)
          .startsWith(0L, 1L)
          .endsWith(2L, 2L);
      assertThat(store.conversations("bb", null, 1, ALL_BYTES).conversations().getFirst().last())
          .extracting(TopicPage.Entry::readers)
          .isEqualTo(0L);
      assertThat(store.digest()).isEqualTo(expected);
    } while (store.carryOn());
    apply(log.readTopic("bb", all.get(30)));
    do {
      assertThat(store.conversations("cc", null, 1, ALL_BYTES).conversations().getFirst().last())
          .extracting(TopicPage.Entry::readers)
          .isEqualTo(1L);
      assertThat(store.digest()).isEqualTo(oneByOne(log));
    } while (store.carryOn());
  }

  private Readers readers(String uuid) {
    return store.topics().readers(found(uuid), 200);
  }

  private StoredMessage found(String uuid) {
    return Objects.requireNonNull(store.topics().find("tea", uuid));
  }

  // Unread

  @Test
  void othersMessagesSinceTheLastJoinAreUnread() {
    Decoded.Valid<InboxEvent> created = log.created("tea", "aa", "bb");
    apply(created, log.topicMessage("aa", "tea", "m1"), log.topicMessage("bb", "tea", "m2"));
    assertThat(store.unread("bb").topics()).containsExactly(new PeerCount("tea", 1, false));
    apply(log.left("tea", "bb"), log.topicMessage("aa", "tea", "m3"));
    assertThat(store.unread("bb").topics()).isEmpty();
    Decoded.Valid<InboxEvent> back = log.joined("tea", "bb");
    Decoded.Valid<InboxEvent> four = log.topicMessage("aa", "tea", "m4");
    Decoded.Valid<InboxEvent> five = log.topicMessage("aa", "tea", "m5");
    apply(back, four, five, log.created("cake", "bb", "cc"), log.topicMessage("cc", "cake", "c1"));
    assertThat(store.unread("bb").topics())
        .containsExactly(new PeerCount("cake", 1, false), new PeerCount("tea", 2, false));
    Membership member = membership("tea", "bb");
    assertThat(store.topics().unread(member, -1, ALL, 10))
        .extracting(StoredMessage::at)
        .containsExactly(position(four), position(five));
    assertThat(store.topics().unread(member, offset(four), ALL, 10)).hasSize(1);
    assertThat(store.topics().unread(member, -1, offset(five), 10)).hasSize(1);
    assertThat(store.topics().unread(member, -1, ALL, 1)).hasSize(1);
    assertThat(store.topics().unreadFloor(member, -1, ALL, 2)).isEqualTo(-1);
    assertThat(store.topics().unreadFloor(member, -1, ALL, 1)).isEqualTo(offset(four));
    apply(log.readTopic("bb", four));
    assertThat(store.unread("bb").topics())
        .containsExactly(new PeerCount("cake", 1, false), new PeerCount("tea", 1, false));
  }

  @Test
  void countingATopicStopsAtItsBound() {
    List<Decoded.Valid<InboxEvent>> all = new ArrayList<>();
    all.add(log.created("tea", "aa", "bb"));
    for (int i = 0; i < 1_000; i++) {
      all.add(log.topicMessage("aa", "tea", "m" + i));
    }
    store.apply(log.counted(all));
    assertThat(store.unread("bb").topics()).containsExactly(new PeerCount("tea", 1_000, false));
    apply(log.topicMessage("aa", "tea", "one more"));
    assertThat(store.unread("bb").topics()).containsExactly(new PeerCount("tea", 1_000, true));
  }

  // History

  @Test
  void aMemberLooksUpWhatItWasSentAndNoMore() {
    Decoded.Valid<InboxEvent> created = log.created("tea", "aa", "bb");
    apply(created, log.topicMessage("aa", "tea", "m1"), log.left("tea", "bb"));
    apply(log.topicMessage("aa", "tea", "m2"), log.joined("tea", "bb"));
    apply(log.topicMessage("bb", "tea", "m3"), log.topicMessage("aa", "tea", "m4"));
    assertThat(uuids(history("bb", null, 10))).containsExactly("m4", "m3", "m1");
    assertThat(uuids(history("aa", null, 10))).containsExactly("m4", "m3", "m2", "m1");
    apply(log.kicked("tea", "aa", "bb"), log.topicMessage("aa", "tea", "m5"));
    assertThat(uuids(history("bb", null, 10))).containsExactly("m4", "m3", "m1");
  }

  @Test
  void inATopicWithHistoryAMemberLooksUpAll() {
    Decoded.Valid<InboxEvent> created = log.created("tea", true, "aa");
    apply(created, log.topicMessage("aa", "tea", "m1"), log.joined("tea", "bb"));
    apply(log.topicMessage("aa", "tea", "m2"), log.left("tea", "bb"));
    apply(log.topicMessage("aa", "tea", "m3"));
    assertThat(uuids(history("bb", null, 10))).containsExactly("m2", "m1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void pagesOfATopicAddUp(int limit) {
    List<Decoded.Valid<InboxEvent>> all = new ArrayList<>();
    all.add(log.created("tea", "aa", "bb"));
    for (int i = 0; i < 20; i++) {
      all.add(log.topicMessage(i % 2 == 0 ? "aa" : "bb", "tea", "m" + i));
      if (i % 5 == 3) {
        all.add(log.left("tea", "bb"));
        all.add(log.topicMessage("aa", "tea", "unseen" + i));
        all.add(log.joined("tea", "bb"));
      }
    }
    store.apply(log.counted(all));
    List<String> pages = new ArrayList<>();
    HistoryCursor before = null;
    do {
      TopicPage page = history("bb", before, limit);
      assertThat(page.messages()).hasSizeLessThanOrEqualTo(limit);
      pages.addAll(uuids(page));
      before = page.next();
    } while (before != null);
    assertThat(pages).hasSize(20).startsWith("m19").endsWith("m0");
    TopicPage small = store.topics().history(membership("tea", "bb"), null, 100, 1);
    assertThat(uuids(small)).containsExactly("m19");
  }

  private TopicPage history(String user, @Nullable HistoryCursor before, int limit) {
    return store.topics().history(membership("tea", user), before, limit, Integer.MAX_VALUE);
  }

  private static List<String> uuids(TopicPage page) {
    return page.messages().stream().map(each -> each.stored().message().uuid()).toList();
  }

  // One history, however it is applied

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void oneLogMakesOneView(long seed) {
    TestLog history = SeededTopics.of(seed, 500, SeededHistory.of(seed, 60));

    new RandomApplier(seed, history).run(store, (plan, stages) -> crash(store, plan, stages));

    assertThat(store.digest()).as("seed %d", seed).isEqualTo(oneByOne(history));
    TopicModel model = new TopicModel(history.counting());
    Random random = new Random(seed);
    for (String user : SeededTopics.USERS) {
      assertThat(store.unread(user).topics())
          .as("seed %d: %s", seed, user)
          .isEqualTo(model.unreadCounts(user));
      for (String topic : SeededTopics.TOPICS) {
        isAnsweredAsBy(model, topic, user, random);
      }
    }
  }

  private void isAnsweredAsBy(TopicModel model, String topic, String user, Random random) {
    String what = "%s of %s".formatted(user, topic);
    int partition = TestLog.partitionOf(topic);
    assertThat(
            store.delivered(Stream.TOPIC, InboxRecord.readerKey(partition, user), -1, ALL, 1_000))
        .extracting(InboxRecord::offset)
        .isEqualTo(model.deliveredToReader(partition, user));
    long above = random.nextInt(-1, 200);
    long below = above + random.nextInt(150);
    assertThat(store.delivered(Stream.TOPIC, topic, above, below, 1_000))
        .extracting(InboxRecord::offset)
        .isEqualTo(model.delivered(topic, above, below));
    Membership member = store.topics().membership(topic, user);
    assertThat(
            store.topics().memberships(user).stream()
                .filter(each -> each.topic().equals(topic))
                .toList())
        .isEqualTo(member == null ? List.of() : List.of(member));
    if (member == null) {
      assertThat(model.lastJoin(topic, user)).as(what).isEqualTo(-1);
      return;
    }
    assertThat(member.upTo()).as(what).isEqualTo(model.upTo(topic, user));
    assertThat(member.isMember()).as(what).isEqualTo(model.isMember(topic, user));
    for (long offset = 0; offset < 300; offset++) {
      assertThat(member.isSent(offset))
          .as("%s at %d", what, offset)
          .isEqualTo(model.isSent(topic, user, offset));
    }
    List<Long> unread = model.unread(topic, user);
    int limit = 1 + random.nextInt(5);
    assertThat(store.topics().unread(member, -1, ALL, limit))
        .as(what)
        .extracting(stored -> stored.at().offset())
        .isEqualTo(unread.subList(0, Math.min(limit, unread.size())));
    assertThat(store.topics().unreadFloor(member, -1, ALL, limit))
        .as(what)
        .isEqualTo(ModelView.floor(unread, -1, limit));
    List<Long> seen = new ArrayList<>();
    HistoryCursor before = null;
    do {
      TopicPage page = store.topics().history(member, before, limit, Integer.MAX_VALUE);
      for (TopicPage.Entry each : page.messages()) {
        long offset = each.stored().at().offset();
        seen.add(offset);
        List<String> readers = model.readers(topic, offset, each.stored().message().from());
        assertThat(each.readers()).as("%s at %d", what, offset).isEqualTo(readers.size());
        assertThat(store.topics().readers(each.stored(), 10).names()).isEqualTo(readers);
      }
      before = page.next();
    } while (before != null);
    assertThat(seen).as(what).isEqualTo(model.visible(topic, user));
  }

  private static Digest oneByOne(TestLog history) {
    try (RecordStore reference = new InMemoryRecordStore()) {
      reference.open(LOG_ID);
      history.records().forEach(each -> reference.apply(history.counted(each)));
      return reference.digest();
    }
  }
}
