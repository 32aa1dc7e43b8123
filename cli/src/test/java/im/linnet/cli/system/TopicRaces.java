package im.linnet.cli.system;

import static im.linnet.cli.system.Talker.event;
import static im.linnet.cli.system.Talker.op;
import static im.linnet.cli.system.Talker.texts;
import static im.linnet.cli.system.Talker.uuid;
import static im.linnet.cli.system.Talker.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Races about topics. Each round has a topic of its own. */
final class TopicRaces {
  private TopicRaces() {}

  /** Two users create one topic. */
  static final class TwoCreators extends Race {
    private final Talker a = login(0, "xa");
    private final Talker b = login(1, "xb");
    private final Talker aLater = login(1, "xa", "later");
    private final Talker bLater = login(0, "xb", "later");

    TwoCreators(Logins logins) {
      super(logins);
    }

    @Override
    String round(int number) {
      String topic = "x" + number;
      Attempt ofA = ofTopic(a, aLater, "topic.create", topic, topic + "a");
      Attempt ofB = ofTopic(b, bLater, "topic.create", topic, topic + "b");
      Attempt winner = winner(number, ofA, ofB, 4009);
      JsonNode info = winner.by().does("topic.info", "topic", topic);
      assertThat(info.path("founder").asText()).isEqualTo(winner.by().name());
      assertThat(info.path("members").asInt()).isEqualTo(1);
      (winner == ofA ? b : a).isRefused(4003, "topic.info", "topic", topic);
      return winner.by().name();
    }
  }

  /** One user creates one topic on two devices. */
  static final class TwoDevicesCreate extends Race {
    private final Talker phone = login(0, "wa", "phone");
    private final Talker laptop = login(1, "wa", "laptop");

    TwoDevicesCreate(Logins logins) {
      super(logins);
    }

    @Override
    String round(int number) {
      String topic = "w" + number;
      Attempt ofPhone = ofTopic(phone, laptop, "topic.create", topic, topic + "p", "name", "p");
      Attempt ofLaptop = ofTopic(laptop, phone, "topic.create", topic, topic + "l", "name", "l");
      Attempt winner = winner(number, ofPhone, ofLaptop, 4009);
      String name = winner == ofPhone ? "p" : "l";
      for (Talker device : List.of(phone, laptop)) {
        assertThat(device.does("topic.info", "topic", topic).path("name").asText()).isEqualTo(name);
      }
      // Each is told of the other's new name, after all else.
      Talker loser = winner == ofPhone ? laptop : phone;
      loser.does("topic.rename", "topic", topic, "name", "of the loser");
      winner.by().push(event(topic, "renamed"));
      winner.by().does("topic.rename", "topic", topic, "name", "of the winner");
      loser.push(event(topic, "renamed"));
      // The device that lost is told of the topic, the one that made it is not.
      assertThat(texts(loser.pushes(with("topic", topic)), "event"))
          .containsExactly("created", "renamed");
      assertThat(texts(winner.by().pushes(with("topic", topic)), "event"))
          .containsExactly("renamed");
      return winner == ofPhone ? "phone" : "laptop";
    }
  }

  /** The founder ends a topic while somebody joins it. */
  static final class DisbandAgainstJoin extends Race {
    private final Talker a = login(0, "da");
    private final Talker aLater = login(1, "da", "later");
    private final Talker c = login(1, "dc");
    private final Talker cLater = login(0, "dc", "later");

    DisbandAgainstJoin(Logins logins) {
      super(logins);
    }

    @Override
    String round(int number) {
      String topic = "d" + number;
      a.does("topic.create", "topic", topic, "uuid", topic + "m");
      Attempt disband = ofTopic(a, aLater, "topic.disband", topic, topic + "a");
      Attempt join = ofTopic(c, cLater, "topic.join", topic, topic + "c");
      meet(number, disband, join);
      assertThat(disband.code()).as("%s", disband).isZero();
      assertThat(join.code()).as("%s", join).isIn(0, 4004);
      repeat(disband, join);
      boolean joined = join.code() == 0;
      // They are told of this after all that they are told of the topic.
      String beside = Fence.beside(topic);
      a.does("topic.create", "topic", beside, "members", List.of("dc"), "uuid", beside);
      for (Talker each : List.of(aLater, c, cLater)) {
        each.push(event(beside, "created"));
      }
      assertThat(texts(aLater.pushes(with("topic", topic)), "event"))
          .isEqualTo(
              joined ? List.of("created", "joined", "disbanded") : List.of("created", "disbanded"));
      assertThat(texts(c.pushes(with("topic", topic)), "event"))
          .isEqualTo(joined ? List.of("disbanded") : List.of());
      assertThat(texts(cLater.pushes(with("topic", topic)), "event"))
          .isEqualTo(joined ? List.of("joined", "disbanded") : List.of());
      a.isRefused(4004, "topic.info", "topic", topic);
      c.isRefused(4004, "topic.info", "topic", topic);
      return joined ? "joined" : "not joined";
    }
  }

  /** The founder kicks a member who sends. All screens and the view agree on what was sent. */
  static final class KickAgainstSend extends Race {
    private final Talker a = login(0, "ea");
    private final Talker aLater = login(1, "ea", "later");
    private final Talker b = login(1, "eb");
    private final Talker bLater = login(0, "eb", "later");
    private final Talker c = login(0, "ec");

    KickAgainstSend(Logins logins) {
      super(logins);
    }

    @Override
    String round(int number) {
      String topic = "e" + number;
      a.does("topic.create", "topic", topic, "members", List.of("eb", "ec"), "uuid", topic + "m");
      b.push(event(topic, "created"));
      Attempt kick = ofTopic(a, aLater, "topic.kick", topic, topic + "k", "member", "eb");
      Attempt send =
          new Attempt(
              topic,
              b,
              bLater,
              topic,
              "send",
              List.of("kind", "topic", "to", topic, "content", "hi", "uuid", topic));
      meet(number, kick, send);
      assertThat(kick.code()).as("%s", kick).isZero();
      assertThat(send.code()).as("%s", send).isIn(0, 4003);
      repeat(kick, send);
      boolean sent = send.code() == 0;
      List<String> shown = sent ? List.of(topic) : List.of();
      if (sent) {
        a.push(uuid("message", topic));
      }
      JsonNode history = a.does("history", "kind", "topic", "peer", topic).path("messages");
      assertThat(texts(history, "uuid")).isEqualTo(shown);
      long kicked = offset(b.push(event(topic, "kicked")));
      b.isRefused(4003, "send", "kind", "topic", "to", topic, "content", "no");

      // What comes before this comes to those who were there all the time, or never.
      a.does("topic.invite", "topic", topic, "members", List.of("eb"), "uuid", topic + "i");
      for (Talker member : List.of(aLater, b, bLater, c)) {
        member.push(event(topic, "joined"));
      }
      String last = topic + "f";
      b.does("send", "kind", "topic", "to", topic, "content", "back", "uuid", last);
      a.push(uuid("message", last));
      for (Talker member : List.of(a, aLater, c)) {
        assertThat(texts(member.pushes(uuid("message", topic)), "uuid"))
            .as("%s", member.name())
            .isEqualTo(shown);
      }
      // Who is kicked sees nothing after that, and so not what was on its way at that moment.
      boolean behind = sent && offset(send.data()) > kicked;
      assertThat(texts(bLater.pushes(uuid("message", topic)), "uuid"))
          .isEqualTo(behind ? List.of() : shown);
      assertThat(b.pushes(op("message"))).isEmpty();
      return sent ? behind ? "sent, after the kick" : "sent" : "refused";
    }

    private static long offset(JsonNode placed) {
      String at = placed.path("at").asText();
      return Long.parseLong(at.substring(at.lastIndexOf('/') + 1));
    }
  }
}
