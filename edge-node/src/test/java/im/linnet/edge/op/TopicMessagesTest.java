package im.linnet.edge.op;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.publish.SentBefore;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.CreatedEvent;
import im.linnet.schemas.event.DisbandedEvent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.JoinedEvent;
import im.linnet.schemas.event.KickedEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.TopicAct;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code aa} may do with the messages of topics. {@code aa} founded {@code own}, is a member
 * of {@code tea} and no member of {@code far}; {@code gone} was disbanded. The session is not live,
 * so the view decides.
 */
class TopicMessagesTest {
  private final OpWorld world = new OpWorld();

  @BeforeEach
  void fill() {
    stands(created("own", "aa", "bb"));
    stands(created("tea", "bb"));
    stands(message("tea", "bb", "early"));
    stands(new JoinedEvent(new TopicAct("tea", "aa", "j"), List.of("aa")));
    stands(message("tea", "bb", "m"));
    stands(message("own", "bb", "m"));
    stands(created("far", "bb"));
    stands(created("gone", "aa"));
    stands(new DisbandedEvent(new TopicAct("gone", "aa", "d")));
  }

  private static CreatedEvent created(String topic, String... members) {
    return new CreatedEvent(
        new TopicAct(topic, members[0], "c"), List.of(members), "Tea", JoinPolicy.OPEN, false);
  }

  private static MessageEvent message(String topic, String from, String uuid) {
    return new MessageEvent(Stream.TOPIC, uuid, from, topic, "text", "hello");
  }

  private void stands(InboxEvent event) {
    world.stands(event);
  }

  private static String request(String op, String topic, String uuid) {
    String content = op.equals("recall") ? "" : ",\"content\":\"new\"";
    return "{\"id\":\"1\",\"op\":\"%s\",\"kind\":\"topic\",\"to\":\"%s\",\"uuid\":\"%s\"%s}"
        .formatted(op, topic, uuid, content);
  }

  private void finds(Optional<MessageEvent> own, long timeMillis) {
    world
        .lookUps
        .getLast()
        .complete(
            own.map(
                each ->
                    new SentBefore.Found(
                        each,
                        new Origin(new Position(Stream.TOPIC, 0, 41), timeMillis),
                        null,
                        false)));
    world.client.connection.turn();
  }

  private String published(int index) {
    return new String(
        world.publisher.published.get(index).record().value(), StandardCharsets.UTF_8);
  }

  @Test
  void aMembersMessageStandsUnderTheTopicAndHasNoCopy() {
    world.several = true;
    assertThat(world.ask(request("send", "tea", "u"))).contains("\"code\":0", "topic/0/0");
    assertThat(world.publisher.published).hasSize(1);
    assertThat(world.publisher.published.getFirst().record().key()).isEqualTo("tea");
    assertThat(world.publisher.published.getFirst().record().source()).isEqualTo("/topic/aa/tea");
    assertThat(published(0)).contains("\"kind\":\"topic\"", "\"from\":\"aa\"");
  }

  @ParameterizedTest
  @CsvSource({"far,4003", "gone,4004", "never,4004"})
  void anOutsiderIsRefused(String topic, int code) {
    for (String op : List.of("send", "edit", "recall")) {
      assertThat(world.ask(request(op, topic, "u"))).contains("\"code\":" + code, "\"to\"");
    }
    String read =
        "{\"id\":\"1\",\"op\":\"read\",\"kind\":\"topic\",\"peer\":\"%s\",\"uuids\":[\"m\"]}"
            .formatted(topic);
    assertThat(world.ask(read)).contains("\"code\":" + code, "\"peer\"");
    assertThat(world.publisher.published).isEmpty();
  }

  @Test
  void sendsKeepTheirOrderWhileTheViewIsAsked() {
    List<Runnable> asked = new java.util.ArrayList<>();
    world.workers = asked::add;
    IntStream.range(0, 3).forEach(i -> world.client.send(request("send", "tea", "u" + i)));
    assertThat(world.publisher.published).isEmpty();
    for (int i = 0; i < 3; i++) {
      asked.removeFirst().run();
      world.client.connection.turn();
    }
    assertThat(asked).isEmpty();
    assertThat(world.publisher.published)
        .extracting(each -> each.record().id())
        .containsExactly("u0", "u1", "u2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"edit", "recall"})
  void anOwnMessageIsChangedWithoutACopy(String op) {
    world.several = true;
    world.ask(request(op, "tea", "u"));
    finds(Optional.of(message("tea", "aa", "u")), 1_000);
    assertThat(world.last()).contains("\"code\":0");
    assertThat(world.publisher.types()).containsExactly(op);
    assertThat(published(0)).contains("\"from\":\"aa\",\"to\":\"tea\"");
  }

  @Test
  void theFounderAloneTakesTheMessagesOfOthersBackAtAnyTime() {
    world.clock.advance(java.time.Duration.ofHours(1));
    world.ask(request("recall", "own", "m"));
    finds(Optional.empty(), 0);
    assertThat(world.last()).contains("\"code\":0");
    assertThat(published(0)).contains("\"op\":\"recall\"", "\"from\":\"bb\",\"to\":\"own\"");
    world.ask(request("edit", "own", "m"));
    finds(Optional.empty(), 0);
    assertThat(world.last()).contains("\"code\":4003");
    world.ask(request("recall", "tea", "m"));
    finds(Optional.empty(), 0);
    assertThat(world.last()).contains("\"code\":4003");
    assertThat(world.publisher.published).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"early", "never"})
  void aMessageThatTheMemberCannotSeeIsUnknown(String uuid) {
    world.ask(request("recall", "tea", uuid));
    finds(Optional.empty(), 0);
    assertThat(world.last()).contains("\"code\":4004");
  }

  @Test
  void aReadTellsAllMembersOfASmallTopic() {
    String read =
        "{\"id\":\"1\",\"op\":\"read\",\"kind\":\"topic\",\"peer\":\"tea\",\"upTo\":\"topic/0/4\"}";
    assertThat(world.ask(read)).contains("\"code\":0", "\"at\":\"topic/0/0\"");
    assertThat(world.publisher.published).hasSize(1);
    assertThat(published(0))
        .isEqualTo(
            "{\"op\":\"read\",\"kind\":\"topic\",\"reader\":\"aa\",\"peer\":\"tea\","
                + "\"notify\":\"all\",\"upTo\":\"topic/0/4\"}");
    assertThat(world.ask(read.replace("topic/0/4", "topic/9/4"))).contains("4000", "upTo");
  }

  @Test
  void whatWasAckedIsAnsweredAgainAfterTheSenderHasLeft() {
    assertThat(world.ask(request("send", "tea", "u"))).contains("\"at\":\"topic/0/0\"");
    stands(new KickedEvent(new TopicAct("tea", "bb", "k"), "aa"));
    assertThat(world.ask(request("send", "tea", "u")))
        .as("in the session")
        .contains("\"code\":0", "\"at\":\"topic/0/0\"");
    String retry = request("send", "tea", "v").replace("}", ",\"retry\":true}");
    world.ask(retry);
    MessageEvent sent = new MessageEvent(Stream.TOPIC, "v", "aa", "tea", "text", "new");
    Origin origin = new Origin(new Position(Stream.TOPIC, 0, 4), 1_000);
    world.lookUps.getLast().complete(Optional.of(new SentBefore.Found(sent, origin, null, false)));
    assertThat(world.last()).contains("\"code\":0", "\"at\":\"topic/0/4\"");
    world.ask(retry.replace("\"v\"", "\"w\""));
    finds(Optional.empty(), 0);
    assertThat(world.last()).contains("\"code\":4003", "\"field\":\"to\"");
    assertThat(world.publisher.published).hasSize(1);
  }

  @Test
  void aRecallThatWasMadeIsAnsweredAgainAfterTheSenderHasLeft() {
    stands(new KickedEvent(new TopicAct("tea", "bb", "k"), "aa"));
    for (boolean recalled : new boolean[] {true, false}) {
      world.ask(request("recall", "tea", "u"));
      world
          .lookUps
          .getLast()
          .complete(
              Optional.of(
                  new SentBefore.Found(
                      message("tea", "aa", "u"),
                      new Origin(new Position(Stream.TOPIC, 0, 41), 1_000),
                      recalled ? new Position(Stream.TOPIC, 0, 43) : null,
                      recalled)));
      assertThat(world.last()).contains(recalled ? "\"at\":\"topic/0/43\"" : "\"code\":4003");
    }
    assertThat(world.publisher.published).isEmpty();
  }

  @Test
  void anEditIsForThoseWhoMaySeeItsMessageAndARecallForAll() {
    stands(
        new CreatedEvent(
            new TopicAct("open", "aa", "c"), List.of("aa"), "Open", JoinPolicy.OPEN, true));
    world.ask(request("edit", "tea", "u"));
    finds(Optional.of(message("tea", "aa", "u")), 1_000);
    world.ask(request("edit", "open", "u"));
    finds(Optional.of(message("open", "aa", "u")), 1_000);
    world.ask(request("recall", "tea", "u"));
    finds(Optional.of(message("tea", "aa", "u")), 1_000);
    assertThat(published(0)).endsWith("\"content\":\"new\",\"since\":\"topic/0/41\"}");
    assertThat(published(1)).as("with history").endsWith("\"content\":\"new\"}");
    assertThat(published(2)).doesNotContain("since");
  }
}
