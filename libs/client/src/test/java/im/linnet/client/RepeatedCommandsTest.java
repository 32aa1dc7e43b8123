package im.linnet.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages and commands whose first answer is none, or 5003. */
class RepeatedCommandsTest {
  private static final long RETRY_AFTER = 700;
  private static final long JITTER = 100;

  private final RecordedEffects effects = new RecordedEffects();
  private final SessionCore core =
      new SessionCore(
          ClientConfig.of("a.example", 9000)
              .withTimes(
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(30),
                  Duration.ofMillis(JITTER),
                  Duration.ofMillis(JITTER)),
          new Random(7),
          effects);
  private final ChatOps ops =
      new ChatOps() {
        @Override
        protected CompletableFuture<ServerResponse> submit(Request request) {
          PendingRequest pending = new PendingRequest(request);
          core.submit(pending, now);
          return pending.reply();
        }
      };
  private long now = 1_000;

  @BeforeEach
  void live() {
    core.start(now);
    opened(1);
  }

  @Test
  void aCommandIsRepeatedAfterThePauseWithItsKey() throws Exception {
    CompletableFuture<GroupInfo> joined = ops.topics().join("tea");
    unavailable(1);
    assertThat(core.deadline()).isBetween(now + RETRY_AFTER, now + RETRY_AFTER + JITTER);
    core.tick(now + RETRY_AFTER - 1);
    assertThat(frames()).hasSize(1);
    pass();

    assertThat(frames()).hasSize(2);
    JsonNode first = frames().getFirst();
    JsonNode again = frames().getLast();
    assertThat(first.has("retry")).isFalse();
    assertThat(again.path("retry").asBoolean()).isTrue();
    assertThat(again.path("op").asText()).isEqualTo("topic.join");
    assertThat(again.path("uuid").asText()).isNotEmpty().isEqualTo(first.path("uuid").asText());
    assertThat(joined).isNotDone();
    reply(1, "{'topic':'tea','name':'Tea','founder':'aa','join':'open','members':2}");
    assertThat(joined.get().groupName()).isEqualTo("Tea");
  }

  @Test
  void whatGoesToTheSameTopicWaitsAndKeepsItsOrder() {
    ops.topics().create(TopicDraft.named("Tea").withId("tea"));
    unavailable(1);
    ops.messages().send(Draft.topic("tea", "Hello"));
    ops.messages().send(Draft.p2p("bb", "Hi"));
    ops.messages().recall(new MessageId(Stream.TOPIC, "tea", "u", "bb"));
    assertThat(frames())
        .extracting(RepeatedCommandsTest::op)
        .containsExactly("topic.create", "send");
    pass();

    assertThat(frames())
        .extracting(RepeatedCommandsTest::op)
        .containsExactly("topic.create", "send", "topic.create", "send", "recall");
    assertThat(frames().get(3).has("retry")).isFalse();
  }

  @Test
  void whatGoesToTheSameUserKeepsItsOrderOverAllKinds() {
    ops.blocks().remove("bb");
    unavailable(1);
    ops.messages().send(Draft.p2p("bb", "Hi"));
    ops.friends().add("bb", "It is me");
    pass();

    assertThat(frames())
        .extracting(RepeatedCommandsTest::op)
        .containsExactly("block.remove", "block.remove", "send", "send");
    assertThat(frames().getLast().path("kind").asText()).isEqualTo("mutual");
  }

  @Test
  void anotherRefusalIsTheLastAnswer() {
    CompletableFuture<GroupInfo> joined = ops.topics().join("tea");
    answer(1, 4003, "forbidden: tea is by invitation", "{}");

    assertThat(joined).isCompletedExceptionally();
  }

  @Test
  void aQuestionIsToldOfTheFirst5003() {
    CompletableFuture<Unread> unread = ops.conversations().unread();
    unavailable(1);

    assertThat(unread).isCompletedExceptionally();
  }

  @Test
  void aCommandThatIsNeverServedGetsTheLastAnswer() {
    CompletableFuture<List<String>> blocked = ops.blocks().add("bb");
    long end = now + 30_000;
    while (now < end) {
      unavailable(1);
      pass();
    }
    assertThat(blocked)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("5003 unavailable: the decider lags");
    core.tick(now + 60_000);
    assertThat(core.deadline()).isGreaterThan(now);
  }

  @Test
  void aPauseEndsWithItsConnection() {
    ops.friends().add("bb", "It is me");
    unavailable(1);
    core.failed(1, "gone", now);
    now = core.deadline();
    core.tick(now);
    effects.written.clear();
    opened(2);

    assertThat(frames()).hasSize(1);
    assertThat(frames().getFirst().path("retry").asBoolean()).isTrue();
    now += RETRY_AFTER + JITTER;
    core.tick(now);
    assertThat(frames()).hasSize(1);
  }

  @Test
  void aKeyOfTheCallersIsUsed() {
    IdempotencyKey key = new IdempotencyKey("u7", false);
    ops.topics().with(key.asRetry()).leave("tea");
    ops.friends().with(key).accept("bb");
    ops.blocks().with(key).remove("bb");

    assertThat(frames()).extracting(each -> each.path("uuid").asText()).containsOnly("u7");
    assertThat(frames()).extracting(each -> each.has("retry")).containsExactly(true, false, false);
  }

  @Test
  void afterAFounderHasTakenAMessageBackNoEditOfItsSenderCounts() {
    ops.messages().recall(new MessageId(Stream.TOPIC, "tea", "u", "bb"));
    reply(1, "{'uuid':'u','at':'topic/7/20'}");
    core.frame(
        1,
        RecordedEffects.frame(
            "{'op':'edit','at':'topic/7/21','time':5,'kind':'topic','uuid':'u','from':'bb','to':'tea',"
                + "'content':'late'}"),
        now);

    assertThat(effects.events).noneMatch(ClientEvent.MessageChanged.class::isInstance);
  }

  private void opened(int connection) {
    core.opened(connection, "t", now);
    core.frame(
        connection,
        RecordedEffects.frame("{'id':'auth','code':0,'data':{'clientId':'aa','log':'L1'}}"),
        now);
  }

  private void unavailable(int id) {
    answer(id, 5003, "unavailable: the decider lags", "{'retryAfter':" + RETRY_AFTER + "}");
  }

  private void reply(int id, String data) {
    answer(id, 0, "ok", data);
  }

  private void answer(int id, int code, String message, String data) {
    core.frame(
        1,
        RecordedEffects.frame(
            "{'id':'%d','code':%d,'message':'%s','data':%s}".formatted(id, code, message, data)),
        now);
  }

  private void pass() {
    now += RETRY_AFTER + JITTER;
    core.tick(now);
  }

  /** The written frames without auth and pings. */
  private List<JsonNode> frames() {
    return effects.allWritten().stream()
        .filter(each -> !op(each).equals("auth") && !op(each).equals("ping"))
        .toList();
  }

  private static String op(JsonNode frame) {
    return frame.path("op").asText();
  }
}
