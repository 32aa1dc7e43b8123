package im.linnet.edge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.session.LiveSession;
import im.linnet.edge.session.Outbox;
import im.linnet.edge.session.SeenOffsets;
import im.linnet.edge.session.SessionTopics;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.EditEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.frame.CloseCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeySubscribersTest {
  private static final StreamPartition P2P = new StreamPartition(Stream.P2P, 0);
  private static final StreamPartition TOPIC = new StreamPartition(Stream.TOPIC, 0);
  private static final int FEW = 3;

  private final Map<Executor, LoopQueue> queues = new HashMap<>();
  private final Map<String, Integer> pushed = new HashMap<>();
  private final Loop first = new Loop();
  private final Loop second = new Loop();
  private final PushListener told =
      new PushListener() {
        @Override
        public void pushed(String type, int sessions) {
          pushed.merge(type, sessions, Integer::sum);
        }

        @Override
        public void misses(LiveSession session, String why) {
          session.close(CloseCode.OVERLOADED, why, 1);
        }
      };

  /** An event loop that runs what waits when the test says so. */
  private static final class Loop implements Executor {
    final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    void run() {
      while (!tasks.isEmpty()) {
        tasks.poll().run();
      }
    }
  }

  /** A session that remembers which offsets it was pushed. */
  private static final class Session implements LiveSession, Outbox {
    private final Loop loop;
    private final String id;
    private final SeenOffsets places = new SeenOffsets();
    private final SessionTopics topics = new SessionTopics();
    final List<String> frames = new ArrayList<>();
    boolean throwing;
    CloseCode closed;

    Session(Loop loop, String id) {
      this.loop = loop;
      this.id = id;
    }

    @Override
    public boolean offer(byte[] frame) {
      if (throwing) {
        throw new IllegalStateException("a mistake");
      }
      if (closed != null) {
        return false;
      }
      String text = new String(frame, StandardCharsets.UTF_8);
      frames.add(text.replaceAll(".*\"at\":\"\\w+/0/(\\d+)\".*", "$1"));
      return true;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String user() {
      return "bb";
    }

    @Override
    public String device() {
      return id;
    }

    @Override
    public Executor loop() {
      return loop;
    }

    @Override
    public Outbox outbox() {
      return this;
    }

    @Override
    public SeenOffsets seenOffsets() {
      return places;
    }

    @Override
    public SessionTopics topics() {
      return topics;
    }

    @Override
    public CompletableFuture<Void> room() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close(CloseCode code, String detail, long retryAfterMillis) {
      closed = closed == null ? code : closed;
    }

    @Override
    public boolean isClosed() {
      return closed != null;
    }
  }

  private KeySubscribers subscribers(StreamPartition partition) {
    return new KeySubscribers(partition, new KeySubscribers.Shared(FEW, queues, told));
  }

  private Session joined(KeySubscribers subscribers, Loop loop, String id, long from) {
    Session session = new Session(loop, id);
    subscribers.add(session, from, 0);
    return session;
  }

  private static Decoded.Valid<MessageEvent> record(long offset, String asker, String content) {
    MessageEvent message = new MessageEvent(Stream.P2P, "u" + offset, "aa", "bb", "text", content);
    LogRecord record =
        new LogRecord(
            Stream.P2P.topic(),
            0,
            offset,
            1_000,
            "bb".getBytes(StandardCharsets.UTF_8),
            InboxEventCodec.encode(message),
            new EventHeaders(
                message.type().getBytes(StandardCharsets.UTF_8),
                null,
                null,
                EventTime.format(1_000),
                asker.getBytes(StandardCharsets.UTF_8)));
    return new Decoded.Valid<>(record, "bb", message);
  }

  private static Decoded.Valid<MessageEvent> record(long offset) {
    return record(offset, "nobody", "hello");
  }

  private static List<String> offsets(long from, long to) {
    return LongStream.range(from, to).mapToObj(Long::toString).toList();
  }

  @Test
  void theTailPushesToAFewByItself() {
    KeySubscribers few = subscribers(P2P);
    Session one = joined(few, first, "s1", 0);
    Session two = joined(few, second, "s2", 6);
    few.take(record(5, "s1", "hello"));
    few.take(record(6));
    assertThat(one.frames).as("its own stays away").containsExactly("6");
    assertThat(two.frames).as("from its place on").containsExactly("6");
    assertThat(first.tasks).isEmpty();
    assertThat(pushed).containsExactly(Map.entry("message", 2));
    assertThat(one.places.seen(Set.of(P2P))).containsEntry(P2P, 6L);
  }

  @Test
  void aRecordForManyCostsTheTailOneTaskPerLoop() {
    KeySubscribers many = subscribers(P2P);
    List<Session> sessions =
        IntStream.range(0, 100)
            .mapToObj(each -> joined(many, each % 3 == 0 ? first : second, "s" + each, each % 2))
            .toList();
    many.take(record(0, "s2", "hello"));
    assertThat(sessions).allMatch(each -> each.frames.isEmpty());
    assertThat(first.tasks).hasSize(1);
    assertThat(second.tasks).hasSize(1);
    first.run();
    second.run();
    assertThat(sessions).filteredOn(each -> !each.frames.isEmpty()).hasSize(49);
    assertThat(pushed).containsExactly(Map.entry("message", 49));
    assertThat(sessions.get(4).places.seen(Set.of(P2P))).containsEntry(P2P, 0L);
  }

  @Test
  void theOrderStaysWhenSessionsComeAndGo() {
    KeySubscribers subscribers = subscribers(P2P);
    List<Session> sessions = new ArrayList<>();
    for (long offset = 0; offset < 10; offset++) {
      sessions.add(joined(subscribers, offset % 2 == 0 ? first : second, "s" + offset, offset));
      subscribers.take(record(offset));
    }
    Session left = sessions.get(4);
    subscribers.remove(left);
    // Few are left, but what waits for the loops must not be overtaken.
    sessions.subList(1, 10).forEach(subscribers::remove);
    subscribers.take(record(10));
    first.run();
    second.run();
    assertThat(sessions.getFirst().frames).isEqualTo(offsets(0, 11));
    assertThat(left.frames).as("what came before it left").isEqualTo(offsets(4, 10));
    assertThat(sessions.get(9).frames).isEqualTo(offsets(9, 10));
    subscribers.remove(sessions.getFirst());
    assertThat(subscribers.isEmpty()).isTrue();
  }

  @Test
  void aTopicGoesByItsLoopsHoweverFewThereAre() {
    KeySubscribers topic = subscribers(TOPIC);
    Session only = joined(topic, first, "s1", 0);
    topic.take(record(0));
    assertThat(only.frames).isEmpty();
    first.run();
    assertThat(only.frames).containsExactly("0");
  }

  @Test
  void aSessionThatCannotBePushedToIsClosedAndTheOthersGetIt() {
    KeySubscribers topic = subscribers(TOPIC);
    Session broken = joined(topic, first, "s1", 0);
    Session whole = joined(topic, first, "s2", 0);
    broken.throwing = true;
    topic.take(record(0));
    first.run();
    assertThat(broken.closed).isEqualTo(CloseCode.OVERLOADED);
    assertThat(whole.frames).containsExactly("0");
    assertThat(whole.closed).isNull();
  }

  @Test
  void aLoopThatStandsStillTakesABoundedAmountAndItsSessionsComeBack() {
    KeySubscribers topic = subscribers(TOPIC);
    Session stuck = joined(topic, first, "s1", 0);
    Session flowing = joined(topic, second, "s2", 0);
    String content = "x".repeat(100_000);
    long offset = 0;
    while (stuck.closed == null && offset < 1_000) {
      topic.take(record(offset++, "nobody", content));
      second.run();
    }
    assertThat(offset).isBetween(150L, 170L);
    assertThat(stuck.closed).isEqualTo(CloseCode.OVERLOADED);
    assertThat(flowing.closed).isNull();
    first.run();
    Session next = joined(topic, first, "s3", offset);
    topic.take(record(offset));
    first.run();
    assertThat(next.frames).as("the loop has room again").containsExactly(Long.toString(offset));
  }

  @Test
  void aLoopDoesOtherWorkWhileALargeTopicIsPushed() {
    KeySubscribers topic = subscribers(TOPIC);
    List<Session> sessions = many(topic, 3 * LoopQueue.TURN);
    topic.take(record(0));
    List<Long> served = new ArrayList<>();
    first.tasks.poll().run();
    first.execute(
        () -> served.add(sessions.stream().filter(each -> !each.frames.isEmpty()).count()));
    first.run();
    assertThat(served)
        .as("sessions that had it before the reply")
        .containsExactly(2L * LoopQueue.TURN);
    assertThat(sessions).allMatch(each -> each.frames.equals(List.of("0")));
  }

  @Test
  void recordsThatWaitTogetherReachASessionTogether() {
    KeySubscribers topic = subscribers(TOPIC);
    List<Session> sessions = many(topic, LoopQueue.TURN);
    for (long offset = 0; offset < 4; offset++) {
      topic.take(record(offset));
    }
    first.tasks.poll().run();
    assertThat(sessions).filteredOn(each -> each.frames.equals(offsets(0, 4))).hasSize(64);
    assertThat(sessions).filteredOn(each -> each.frames.isEmpty()).hasSize(LoopQueue.TURN - 64);
    first.run();
    assertThat(sessions).allMatch(each -> each.frames.equals(offsets(0, 4)));
    assertThat(pushed).containsExactly(Map.entry("message", 4 * LoopQueue.TURN));
  }

  @Test
  void theOrderOfAPartitionStaysForASessionInALargeAndInASmallTopic() {
    KeySubscribers large = subscribers(TOPIC);
    KeySubscribers small = subscribers(TOPIC);
    many(large, 2 * LoopQueue.TURN);
    Session inBoth = joined(large, first, "both", 0);
    small.add(inBoth, 0, 0);
    for (long offset = 0; offset < 3 * LoopQueue.LONGEST_RUN; offset++) {
      (offset % 5 == 3 ? small : large).take(record(offset));
      if (offset % 50 == 49) {
        first.tasks.poll().run();
      }
    }
    first.run();
    assertThat(inBoth.frames).isEqualTo(offsets(0, 3L * LoopQueue.LONGEST_RUN));
  }

  private List<Session> many(KeySubscribers topic, int count) {
    return IntStream.range(0, count).mapToObj(each -> joined(topic, first, "s" + each, 0)).toList();
  }

  @Test
  void anInterruptionClosesAllOfThem() {
    KeySubscribers few = subscribers(P2P);
    KeySubscribers many = subscribers(TOPIC);
    List<Session> sessions =
        List.of(
            joined(few, first, "s1", 0),
            joined(many, first, "s2", 0),
            joined(many, second, "s3", 0));
    few.interrupted(P2P);
    many.interrupted(TOPIC);
    assertThat(sessions).allMatch(each -> each.closed == CloseCode.OVERLOADED);
    assertThat(few.isLost()).isTrue();
  }

  @Test
  void anEditGoesToThoseWhoWereThereWhenItsMessageCame() {
    KeySubscribers members = subscribers(TOPIC);
    Session old = new Session(first, "s1");
    Session newcomer = new Session(first, "s2");
    members.add(old, 0, 3);
    members.add(newcomer, 0, 8);
    for (long since : new long[] {3, 7, 8}) {
      members.take(edit(10 + since, since));
    }
    first.run();
    assertThat(old.frames).containsExactly("13", "17", "18");
    assertThat(newcomer.frames).containsExactly("18");
  }

  private static Decoded.Valid<EditEvent> edit(long offset, long since) {
    EditEvent edit =
        new EditEvent(
            new MessageId(Stream.TOPIC, "tea", "u", "aa"),
            "new",
            null,
            new Position(Stream.TOPIC, 0, since));
    LogRecord record =
        new LogRecord(
            Stream.TOPIC.topic(),
            0,
            offset,
            1_000,
            "tea".getBytes(StandardCharsets.UTF_8),
            InboxEventCodec.encode(edit),
            new EventHeaders(null, null, null, EventTime.format(1_000), null));
    return new Decoded.Valid<>(record, "tea", edit);
  }
}
