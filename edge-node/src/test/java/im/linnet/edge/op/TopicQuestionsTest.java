package im.linnet.edge.op;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.command.Answer;
import im.linnet.records.UnreadCounts;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.Audience;
import im.linnet.schemas.event.CreatedEvent;
import im.linnet.schemas.event.DisbandedEvent;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.JoinedEvent;
import im.linnet.schemas.event.KickedEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.ReadEvent;
import im.linnet.schemas.event.TopicAct;
import im.linnet.schemas.frame.ReplyCode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code aa} is told of topics: it is a member of {@code tea}, was one of {@code left}, and
 * never was one of {@code far}; {@code gone} was disbanded.
 */
class TopicQuestionsTest {
  private final OpWorld world = new OpWorld();

  @BeforeEach
  void fill() {
    world.stands(created("tea", "bb", "cc"));
    world.stands(message("tea", "bb", "early"));
    world.stands(new JoinedEvent(by("aa", "tea"), List.of("aa")));
    world.stands(message("tea", "bb", "one"));
    world.stands(message("tea", "aa", "two"));
    world.stands(message("tea", "cc", "three"));
    world.stands(created("left", "bb", "aa"));
    world.stands(message("left", "bb", "seen"));
    world.stands(new KickedEvent(by("bb", "left"), "aa"));
    world.stands(created("far", "bb"));
    world.stands(created("gone", "aa"));
    world.stands(new DisbandedEvent(by("aa", "gone")));
  }

  private static TopicAct by(String caller, String topic) {
    return new TopicAct(topic, caller, "u");
  }

  private static CreatedEvent created(String topic, String... members) {
    return new CreatedEvent(
        by(members[0], topic), List.of(members), "Some " + topic, JoinPolicy.INVITE, false);
  }

  private static MessageEvent message(String topic, String from, String uuid) {
    return new MessageEvent(Stream.TOPIC, uuid, from, topic, "text", "hello");
  }

  private String ask(String op, String more) {
    return world.ask("{\"id\":\"1\",\"op\":\"" + op + "\"" + more + "}");
  }

  @ParameterizedTest
  @CsvSource({"far,4003", "left,4003", "gone,4004", "never,4004"})
  void anOutsiderIsToldNothing(String topic, int code) {
    for (String op : List.of("topic.info", "topic.members")) {
      assertThat(ask(op, ",\"topic\":\"" + topic + "\""))
          .contains("\"code\":" + code, "\"field\":\"topic\"");
    }
    assertThat(ask("history", ",\"kind\":\"topic\",\"peer\":\"" + topic + "\""))
        .contains("\"code\":" + code, "\"field\":\"peer\"");
  }

  @Test
  void aMemberIsToldOfTheTopicAndOfItsMembers() {
    String tea =
        "{\"topic\":\"tea\",\"name\":\"Some tea\",\"founder\":\"bb\",\"join\":\"invite\","
            + "\"history\":false,\"members\":3,\"time\":1}";
    assertThat(ask("topic.info", ",\"topic\":\"tea\"")).endsWith("\"data\":" + tea + "}");
    assertThat(ask("topic.list", "")).endsWith("\"data\":{\"topics\":[" + tea + "]}}");
    assertThat(ask("topic.members", ",\"topic\":\"tea\",\"limit\":2"))
        .endsWith(
            "\"data\":{\"members\":[{\"user\":\"aa\",\"joinTime\":1},"
                + "{\"user\":\"bb\",\"joinTime\":1}],\"next\":\"bb\"}}");
    assertThat(ask("topic.members", ",\"topic\":\"tea\",\"after\":\"bb\""))
        .endsWith("\"data\":{\"members\":[{\"user\":\"cc\",\"joinTime\":1}]}}");
  }

  /** The reply to a command about a topic, after the verdict that it may be done. */
  private String commanded(String op, String topic, boolean repeated) {
    world.ask("{\"id\":\"1\",\"op\":\"" + op + "\",\"topic\":\"" + topic + "\",\"name\":\"N\"}");
    Position place = new Position(Stream.TOPIC, 0, 0);
    world.verdicts.getLast().complete(new Answer(ReplyCode.OK, null, place, 1_000, repeated));
    return world.last();
  }

  @Test
  void theRepeatOfACommandTellsAnOutsiderTheTopicAlone() {
    for (String topic : List.of("left", "gone")) {
      assertThat(commanded("topic.rename", topic, true))
          .contains("\"code\":0")
          .endsWith("\"data\":{\"topic\":\"" + topic + "\"}}");
      assertThat(commanded("topic.leave", topic, false)).contains("\"name\":\"Some " + topic);
    }
    assertThat(commanded("topic.rename", "tea", true)).contains("\"name\":\"Some tea");
  }

  @Test
  void historyShowsWhatTheMemberWasSentAndHowManyHaveReadIt() {
    Extent upTo = new Extent.UpTo(new Position(Stream.TOPIC, 0, 3));
    world.stands(new ReadEvent(Stream.TOPIC, "cc", "tea", upTo, Audience.ALL));
    String page = ask("history", ",\"kind\":\"topic\",\"peer\":\"tea\"");
    assertThat(page)
        .containsSubsequence(
            "\"uuid\":\"three\"",
            "\"readers\":0",
            "\"uuid\":\"two\"",
            "\"readers\":0",
            "\"uuid\":\"one\"",
            "\"readers\":1}")
        .doesNotContain("early", "\"read\":", "next");
    String newest = ask("history", ",\"kind\":\"topic\",\"peer\":\"tea\",\"limit\":1");
    assertThat(newest).contains("three", "\"next\":").doesNotContain("\"two\"");
  }

  @Test
  void unreadCountsOthersMessagesByTopic() {
    assertThat(ask("unread", ""))
        .endsWith(
            "{\"total\":2,\"p2p\":[],\"topic\":[{\"topic\":\"tea\",\"count\":2}],\"mutual\":0}}");
    for (int i = 0; i <= UnreadCounts.MOST; i++) {
      world.stands(new MessageEvent(Stream.MUTUAL, "u" + i, "bb", "aa", "invoice", "hello"));
    }
    assertThat(ask("unread", "")).endsWith("\"mutual\":1000,\"more\":true}}");
  }
}
