package im.linnet.edge.op;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.publish.SentBefore;
import im.linnet.log.publish.PublishException.Reason;
import im.linnet.records.Circle;
import im.linnet.records.RecordPlanner;
import im.linnet.records.RecordWriter;
import im.linnet.records.Relations;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits and recalls are one way; the session is of {@code aa}, its clock stands at 2 s. */
class MessageChangesTest {
  private static final EventHeaders NO_HEADERS = new EventHeaders(null, null, null, null, null);

  private final OpWorld world = new OpWorld();

  private static String request(String op, String to, String uuid) {
    String content = op.equals("edit") ? ",\"content\":\"new\"" : "";
    return "{\"id\":\"1\",\"op\":\"%s\",\"kind\":\"p2p\",\"to\":\"%s\",\"uuid\":\"%s\"%s}"
        .formatted(op, to, uuid, content);
  }

  private void finds(boolean recalled, long timeMillis) {
    world
        .lookUps
        .getLast()
        .complete(
            Optional.of(
                new SentBefore.Found(
                    new MessageEvent(Stream.P2P, "u", "aa", "bb", "text", "old"),
                    new Origin(new Position(Stream.P2P, 0, 41), timeMillis),
                    recalled ? new Position(Stream.P2P, 0, 43) : null,
                    recalled)));
    world.client.connection.turn();
  }

  private List<String> values() {
    return world.publisher.published.stream()
        .map(each -> new String(each.record().value(), StandardCharsets.UTF_8))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"edit", "recall"})
  void standsUnderTheRecipientsKeyAndIsAnsweredOnceItIsDurable(String op) {
    world.publisher.acks = false;
    world.ask(request(op, "bb", "u"));
    assertThat(world.publisher.published).isEmpty();
    finds(false, 1_000);
    var record = world.publisher.published.getFirst().record();
    assertThat(record.key()).isEqualTo("bb");
    assertThat(record.type()).isEqualTo(op);
    assertThat(record.source()).isEqualTo("/p2p/aa/bb/" + op);
    assertThat(record.session()).isEqualTo("s1");
    assertThat(values().getFirst())
        .startsWith(
            "{\"op\":\"" + op + "\",\"kind\":\"p2p\",\"uuid\":\"u\",\"from\":\"aa\",\"to\":\"bb\"");
    assertThat(world.last()).doesNotContain("\"code\":0,\"message\":\"ok\",\"data\":{\"uuid\"");
    world.publisher.ack(0);
    assertThat(world.last()).contains("\"code\":0", "\"data\":{\"uuid\":\"u\",\"at\":\"p2p/0/0\"}");
    assertThat(world.publisher.published).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"edit", "recall"})
  void isCopiedToTheOtherDevicesBeforeTheAnswer(String op) {
    world.several = true;
    world.publisher.acks = false;
    world.ask(request(op, "bb", "u"));
    finds(false, 1_000);
    world.publisher.ack(0);
    var copy = world.publisher.published.get(1).record();
    assertThat(copy.key()).isEqualTo("aa");
    assertThat(copy.source()).isEqualTo("/p2p/aa/bb/" + op + "/sent");
    assertThat(copy.id()).isEqualTo(world.publisher.published.getFirst().record().id());
    assertThat(values().get(1)).endsWith(",\"of\":{\"at\":\"p2p/0/0\",\"time\":1000}}");
    world.publisher.fail(1, Reason.TIMEOUT);
    assertThat(world.last()).contains("5003", "retryAfter", "other devices");

    world.publisher.acks = true;
    world.ask(request(op, "bb", "u"));
    finds(op.equals("recall"), 1_000);
    assertThat(world.last()).contains("\"code\":0");
    assertThat(world.publisher.published).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"edit", "recall"})
  void anOldMessageStaysAsItIs(String op) {
    world.clock.advance(Duration.ofMinutes(2));
    world.ask(request(op, "bb", "u"));
    finds(false, 2_000);
    assertThat(world.last()).contains("\"code\":0");
    world.ask(request(op, "bb", "u"));
    finds(false, 1_999);
    assertThat(world.last()).contains("4003", "uuid: the message is older than 120000 ms");
    assertThat(world.publisher.published).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"edit", "recall"})
  void theMessageOfAnotherIsNotOnesOwn(String op) {
    stored("bb", "theirs");
    for (String to : List.of("bb", "aa")) {
      world.ask(request(op, to, "theirs"));
      world.lookUps.getLast().complete(Optional.empty());
      assertThat(world.last()).contains("4003", "uuid: the message is not yours");
    }
    world.ask(request(op, "cc", "theirs"));
    world.lookUps.getLast().complete(Optional.empty());
    assertThat(world.last()).contains("4004", "uuid: you sent no such message to cc");
    world.ask(request(op, "aa", "none"));
    world.lookUps.getLast().complete(Optional.empty());
    assertThat(world.last()).contains("4004");
    assertThat(world.publisher.published).isEmpty();
  }

  private void stored(String from, String uuid) {
    MessageEvent message = new MessageEvent(Stream.P2P, uuid, from, "aa", "text", "x");
    LogRecord record =
        new LogRecord(
            Topic.P2P,
            0,
            0,
            1_000,
            "aa".getBytes(StandardCharsets.UTF_8),
            InboxEventCodec.encode(message),
            NO_HEADERS);
    ((RecordWriter) world.store)
        .apply(
            RecordPlanner.plan(
                List.of(new Decoded.Valid<>(record, "aa", message)),
                Map.of(new StreamPartition(Stream.P2P, 0), 1L)));
  }

  @Test
  void aRecalledMessageIsNotEdited() {
    world.ask(request("edit", "bb", "u"));
    finds(true, 1_000);
    assertThat(world.last()).contains("4009", "uuid: the message was recalled");
    assertThat(world.publisher.published).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"edit", "recall"})
  void waitsForItsOwnMessageAndKeepsTheOrderOfTheRequests(String op) {
    world.publisher.acks = false;
    world.send("u", "");
    world.ask(request(op, "bb", "u"));
    world.send("later", "");
    assertThat(world.lookUps).isEmpty();
    assertThat(world.publisher.types()).containsExactly("message");
    world.publisher.ack(0);
    world.last();
    assertThat(world.lookUps).hasSize(1);
    finds(false, 1_000);
    world.last();
    assertThat(world.publisher.types()).containsExactly("message", op);
    world.publisher.ack(1);
    world.last();
    assertThat(world.publisher.types()).containsExactly("message", op, "message");
  }

  @Test
  void aChangeWaitsUntilTheOneBeforeItIsInTheLog() {
    world.publisher.acks = false;
    world.ask(request("recall", "bb", "u"));
    world.ask(request("edit", "bb", "u"));
    finds(false, 1_000);
    assertThat(world.publisher.types()).containsExactly("recall");
    assertThat(world.lookUps).hasSize(1);
    world.publisher.ack(0);
    world.last();
    assertThat(world.lookUps).hasSize(2);
    finds(true, 1_000);
    assertThat(world.last()).contains("4009");
    assertThat(world.publisher.types()).containsExactly("recall");
  }

  @Test
  void aRepeatedRecallIsAnsweredAfterTheTimeToo() {
    world.clock.advance(Duration.ofMinutes(3));
    world.ask(request("recall", "bb", "u"));
    finds(true, 1_000);
    assertThat(world.last()).contains("\"code\":0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"edit", "recall"})
  void isJudgedByTheTimeAtWhichItCame(String op) {
    world.ask(request(op, "bb", "u"));
    world.clock.advance(Duration.ofMinutes(3));
    finds(false, 1_000);
    assertThat(world.last()).contains("\"code\":0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"edit", "recall"})
  void saysSoWhereTheViewCannotTell(String op) {
    world.ask(request(op, "bb", "u"));
    world.lookUps.getFirst().completeExceptionally(new TimeoutException());
    assertThat(world.last()).contains("5003", "retryAfter");
    world.looksUp =
        () -> {
          throw new IllegalStateException("broken");
        };
    world.ask(request(op, "bb", "u"));
    assertThat(world.last()).contains("5000");
    world.looksUp = () -> {};
    world.ask(request(op, "bb", "u"));
    finds(false, 1_000);
    assertThat(world.last()).contains("\"code\":0");
  }

  @Test
  void anEditThatWasMadeIsAnsweredAgainAfterABlock() {
    world.relations = Relations.NONE.with(Circle.BLOCKED_BY, "bb", true);
    for (String text : List.of("new", "old")) {
      world.ask(request("edit", "bb", "u"));
      world
          .lookUps
          .getLast()
          .complete(
              Optional.of(
                  new SentBefore.Found(
                      new MessageEvent(Stream.P2P, "u", "aa", "bb", "text", text),
                      new Origin(new Position(Stream.P2P, 0, 41), 1_000),
                      new Position(Stream.P2P, 0, 43),
                      false)));
      assertThat(world.last())
          .contains(
              text.equals("new")
                  ? "\"data\":{\"uuid\":\"u\",\"at\":\"p2p/0/43\"}"
                  : "\"code\":4003");
    }
    assertThat(world.publisher.published).isEmpty();
  }
}
