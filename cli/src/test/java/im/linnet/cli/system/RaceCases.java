package im.linnet.cli.system;

import static im.linnet.cli.system.PeopleCases.areFriends;
import static im.linnet.cli.system.Talker.event;
import static im.linnet.cli.system.Talker.op;
import static im.linnet.cli.system.Talker.texts;
import static im.linnet.cli.system.Talker.uuid;
import static im.linnet.cli.system.Talker.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Two sessions ask at once for what only one can have. One wins, both are told the truth, and who
 * repeats the request on another connection gets the first verdict.
 */
interface RaceCases {
  int ROUNDS = 5;

  Messenger messenger();

  @Test
  default void twoCreatorsOfOneGroup() {
    try (Talker a = messenger().login("xa");
        Talker b = messenger().login("xb");
        Talker aLater = messenger().login("xa", "later", List.of());
        Talker bLater = messenger().login("xb", "later", List.of())) {
      for (int round = 0; round < ROUNDS; round++) {
        String topic = "x" + round;
        Attempt ofA = new Attempt(a, aLater, "topic.create", "topic", topic, "uuid", topic + "a");
        Attempt ofB = new Attempt(b, bLater, "topic.create", "topic", topic, "uuid", topic + "b");
        Attempt winner = race(round, ofA, ofB, 4009);
        Talker loser = winner == ofA ? b : a;
        JsonNode info = winner.by.does("topic.info", "topic", topic);
        assertThat(info.path("founder").asText()).isEqualTo(winner.by.name());
        assertThat(info.path("members").asInt()).isEqualTo(1);
        loser.isRefused(4003, "topic.info", "topic", topic);
      }
    }
  }

  @Test
  default void acceptAgainstReject() {
    try (Talker a = messenger().login("ya");
        Talker b = messenger().login("yb");
        Talker second = messenger().login("yb", "second", List.of())) {
      List<String> told = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        String u = "y" + round;
        a.does(
            "send", "kind", "mutual", "to", "yb", "type", "add_friend", "content", "", "uuid", u);
        b.push(uuid("message", u));
        Attempt accept = friend(b, second, "ya", "accept_friend", u + "a");
        Attempt reject = friend(second, b, "ya", "reject_friend", u + "r");
        Attempt winner = race(round, accept, reject, 4009);
        boolean accepted = winner == accept;
        told.add(accepted ? u + "a" : u + "r");
        a.push(uuid("message", told.getLast()));
        areFriends(a, b, accepted);
        JsonNode newest = a.does("friend.requests").path("requests").path(0);
        assertThat(newest.path("uuid").asText()).isEqualTo(u);
        assertThat(newest.path("status").asInt()).isEqualTo(accepted ? 1 : 2);
        if (accepted) {
          a.does("send", "kind", "mutual", "to", "yb", "type", "remove_friend", "content", "");
        }
      }
      assertThat(texts(a.pushes(op("message")), "uuid")).isEqualTo(told);
    }
  }

  @Test
  default void requestsThatCross() {
    try (Talker a = messenger().login("za");
        Talker b = messenger().login("zb");
        Talker aLater = messenger().login("za", "later", List.of());
        Talker bLater = messenger().login("zb", "later", List.of())) {
      for (int round = 0; round < ROUNDS; round++) {
        String u = "z" + round;
        Attempt ofA = friend(a, aLater, "zb", "add_friend", u + "a");
        Attempt ofB = friend(b, bLater, "za", "add_friend", u + "b");
        begin(round, ofA, ofB);
        assertThat(List.of(ofA.code(), ofB.code())).containsExactly(0, 0);
        List<String> types =
            texts(
                List.of(a.push(uuid("message", u + "b")), b.push(uuid("message", u + "a"))),
                "type");
        assertThat(types).containsExactlyInAnyOrder("add_friend", "accept_friend");
        areFriends(a, b, true);
        JsonNode requests = a.does("friend.requests").path("requests");
        assertThat(requests).hasSize(round + 1);
        assertThat(requests.path(0).path("status").asInt()).isEqualTo(1);
        assertThat(requests.path(0).path("reqUser").asText())
            .isEqualTo(types.getFirst().equals("accept_friend") ? "za" : "zb");
        a.isRefused(
            4009, "send", "kind", "mutual", "to", "zb", "type", "add_friend", "content", "");
        assertThat(List.of(ofA.again(), ofB.again())).containsExactly(0, 0);
        String removal = u + "r";
        a.does(
            "send",
            "kind",
            "mutual",
            "to",
            "zb",
            "type",
            "remove_friend",
            "content",
            "",
            "uuid",
            removal);
        b.push(uuid("message", removal));
      }
      assertThat(a.pushes(op("message"))).hasSize(ROUNDS);
      assertThat(b.pushes(op("message"))).hasSize(2 * ROUNDS);
    }
  }

  @Test
  default void disbandAgainstJoin() {
    try (Talker a = messenger().login("da");
        Talker aLater = messenger().login("da", "later", List.of());
        Talker c = messenger().login("dc");
        Talker cLater = messenger().login("dc", "later", List.of())) {
      for (int round = 0; round < ROUNDS; round++) {
        String topic = "d" + round;
        a.does("topic.create", "topic", topic);
        Attempt disband =
            new Attempt(a, aLater, "topic.disband", "topic", topic, "uuid", topic + "a");
        Attempt join = new Attempt(c, cLater, "topic.join", "topic", topic, "uuid", topic + "c");
        begin(round, disband, join);
        assertThat(disband.code()).isZero();
        assertThat(join.code()).isIn(0, 4004);
        assertThat(disband.again()).isEqualTo(disband.code());
        assertThat(join.again()).isEqualTo(join.code());
        boolean joined = join.code() == 0;
        aLater.push(event(topic, "disbanded"));
        assertThat(texts(aLater.pushes(with("topic", topic)), "event"))
            .isEqualTo(
                joined
                    ? List.of("created", "joined", "disbanded")
                    : List.of("created", "disbanded"));
        if (joined) {
          c.push(event(topic, "disbanded"));
        } else {
          assertThat(c.pushes(with("topic", topic))).isEmpty();
        }
        a.isRefused(4004, "topic.info", "topic", topic);
        c.isRefused(4004, "topic.info", "topic", topic);
      }
    }
  }

  @Test
  default void kickAgainstSend() {
    try (Talker a = messenger().login("ea");
        Talker aLater = messenger().login("ea", "later", List.of());
        Talker b = messenger().login("eb");
        Talker bLater = messenger().login("eb", "later", List.of())) {
      for (int round = 0; round < ROUNDS; round++) {
        String topic = "e" + round;
        a.does("topic.create", "topic", topic, "members", List.of("eb"));
        b.push(event(topic, "created"));
        Attempt kick =
            new Attempt(a, aLater, "topic.kick", "topic", topic, "member", "eb", "uuid", "k");
        Attempt send =
            new Attempt(
                b, bLater, "send", "kind", "topic", "to", topic, "content", "hi", "uuid", topic);
        begin(round, kick, send);
        assertThat(kick.code()).isZero();
        assertThat(send.code()).isIn(0, 4003);
        List<String> shown = send.code() == 0 ? List.of(topic) : List.of();
        JsonNode history = a.does("history", "kind", "topic", "peer", topic).path("messages");
        assertThat(texts(history, "uuid")).isEqualTo(shown);
        aLater.push(event(topic, "kicked"));
        assertThat(texts(aLater.pushes(uuid("message", topic)), "uuid")).isEqualTo(shown);
        assertThat(texts(bLater.pushes(uuid("message", topic)), "uuid")).isEqualTo(shown);
        b.isRefused(4003, "send", "kind", "topic", "to", topic, "content", "no");
      }
    }
  }

  private static Attempt friend(Talker by, Talker later, String to, String type, String uuid) {
    return new Attempt(
        by, later, "send", "kind", "mutual", "to", to, "type", type, "content", "", "uuid", uuid);
  }

  /** Begins both at once; who is first by a hair changes from round to round. */
  private static void begin(int round, Attempt one, Attempt other) {
    (round % 2 == 0 ? one : other).begin();
    (round % 2 == 0 ? other : one).begin();
    one.end();
    other.end();
  }

  /** Returns the one that won; the other must have been refused with that code. */
  private static Attempt race(int round, Attempt one, Attempt other, int refusal) {
    begin(round, one, other);
    assertThat(List.of(one.code(), other.code())).containsExactlyInAnyOrder(0, refusal);
    assertThat(one.again()).isEqualTo(one.code());
    assertThat(other.again()).isEqualTo(other.code());
    return one.code() == 0 ? one : other;
  }

  /** A request of one session, and its repeats by another session of the same user. */
  final class Attempt {
    private final Talker by;
    private final Talker later;
    private final String op;
    private final Object[] fields;
    private Talker.Request request;
    private int code;

    Attempt(Talker by, Talker later, String op, Object... fields) {
      this.by = by;
      this.later = later;
      this.op = op;
      this.fields = fields;
    }

    void begin() {
      request = by.begin(op, fields);
    }

    void end() {
      code = by.answer(request).path("code").asInt(-1);
    }

    int code() {
      return code;
    }

    int again() {
      List<Object> all = new ArrayList<>(List.of(fields));
      all.addAll(List.of("retry", true));
      return later.answer(later.begin(op, all.toArray())).path("code").asInt(-1);
    }
  }
}
