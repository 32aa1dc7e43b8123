package im.linnet.cli.system;

import static im.linnet.cli.system.Talker.event;
import static im.linnet.cli.system.Talker.json;
import static im.linnet.cli.system.Talker.op;
import static im.linnet.cli.system.Talker.texts;
import static im.linnet.cli.system.Talker.uuid;
import static im.linnet.cli.system.Talker.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The life of a group, as its members see it on their sockets. */
interface GroupCases {
  Messenger messenger();

  @Test
  default void aGroupIsMadeGrowsAndEnds() {
    try (Talker a = messenger().login("ga");
        Talker b = messenger().login("gb");
        Talker c = messenger().login("gc");
        Talker d = messenger().login("gd")) {
      JsonNode made = a.does("topic.create", "topic", "g", "name", "Tea", "members", List.of("gb"));
      assertThat(made.path("time").asLong()).isPositive();
      assertThat(without(made, "time"))
          .isEqualTo(
              json(
                  "{'topic':'g','name':'Tea','founder':'ga','join':'open','history':false,"
                      + "'members':2}"));
      JsonNode created = b.push(event("g", "created"));
      assertThat(created.path("members")).isEqualTo(json("['ga','gb']"));
      assertThat(created.path("by").asText()).isEqualTo("ga");
      d.isRefused(4009, "topic.create", "topic", "g");
      d.isRefused(4003, "topic.info", "topic", "g");
      d.isRefused(4003, "send", "kind", "topic", "to", "g", "content", "no");
      d.isRefused(4003, "history", "kind", "topic", "peer", "g");
      d.isRefused(4004, "send", "kind", "topic", "to", "g-none", "content", "no");
      d.isRefused(4004, "topic.join", "topic", "g-none");

      assertThat(c.does("topic.join", "topic", "g").path("members").asInt()).isEqualTo(3);
      for (Talker member : List.of(a, b)) {
        assertThat(member.push(event("g", "joined")).path("members")).isEqualTo(json("['gc']"));
      }
      assertThat(b.does("topic.invite", "topic", "g", "members", List.of("gd")).path("members"))
          .isEqualTo(json("4"));
      assertThat(d.push(event("g", "joined")).path("by").asText()).isEqualTo("gb");
      JsonNode members = a.does("topic.members", "topic", "g").path("members");
      assertThat(texts(members, "user")).containsExactly("ga", "gb", "gc", "gd");
      assertThat(members).allMatch(each -> each.path("joinTime").asLong() > 0);
      assertThat(texts(d.does("topic.list").path("topics"), "topic")).containsExactly("g");

      onlyTheFounderMay(b);
      a.does("topic.rename", "topic", "g", "name", "Coffee");
      assertThat(b.push(event("g", "renamed")).path("name").asText()).isEqualTo("Coffee");
      a.isRefused(4009, "topic.leave", "topic", "g");
      c.does("topic.leave", "topic", "g");
      assertThat(a.push(event("g", "left")).path("members")).isEqualTo(json("['gc']"));
      c.isRefused(4003, "topic.leave", "topic", "g");
      a.does("topic.transfer", "topic", "g", "member", "gb");
      assertThat(b.push(event("g", "transferred")).path("members")).isEqualTo(json("['gb']"));
      a.isRefused(4003, "topic.disband", "topic", "g");
      a.does("topic.leave", "topic", "g");
      b.does("topic.disband", "topic", "g");
      assertThat(d.push(event("g", "disbanded")).path("by").asText()).isEqualTo("gb");
      d.isRefused(4004, "topic.info", "topic", "g");
      d.isRefused(4004, "send", "kind", "topic", "to", "g", "content", "no");
      a.isRefused(4009, "topic.create", "topic", "g");
      assertThat(d.does("topic.list").path("topics")).isEmpty();

      // All are told of this after all else.
      String beside = Fence.beside("g");
      c.does("topic.create", "topic", beside, "members", List.of("ga", "gb", "gd"));
      for (Talker each : List.of(a, b, d)) {
        each.push(event(beside, "created"));
      }
      // A session is told by its replies alone of its own commands.
      assertThat(texts(a.pushes(op("topic")), "event"))
          .containsExactly("joined", "joined", "left", "created");
      assertThat(texts(b.pushes(op("topic")), "event"))
          .containsExactly(
              "created", "joined", "renamed", "left", "transferred", "left", "created");
      assertThat(texts(d.pushes(op("topic")), "event"))
          .containsExactly(
              "joined", "renamed", "left", "transferred", "left", "disbanded", "created");
    }
  }

  private static void onlyTheFounderMay(Talker other) {
    other.isRefused(4003, "topic.kick", "topic", "g", "member", "gd");
    other.isRefused(4003, "topic.rename", "topic", "g", "name", "Mine");
    other.isRefused(4003, "topic.transfer", "topic", "g", "member", "gb");
    other.isRefused(4003, "topic.disband", "topic", "g");
  }

  @Test
  default void theLastToLeaveEndsAGroupByInvitation() {
    try (Talker a = messenger().login("ia");
        Talker b = messenger().login("ib")) {
      a.does("topic.create", "topic", "i", "join", "invite", "history", true);
      a.does("send", "kind", "topic", "to", "i", "content", "early", "uuid", "i1");
      b.isRefused(4003, "topic.join", "topic", "i");
      a.does("topic.invite", "topic", "i", "members", List.of("ib"));
      b.push(event("i", "joined"));
      JsonNode seen = b.does("history", "kind", "topic", "peer", "i").path("messages");
      assertThat(texts(seen, "content")).containsExactly("early");
      a.does("topic.kick", "topic", "i", "member", "ib");
      b.push(event("i", "kicked"));
      assertThat(a.does("topic.leave", "topic", "i").path("members").asInt()).isZero();
      a.isRefused(4004, "topic.info", "topic", "i");
    }
  }

  @Test
  default void aGroupTalks() {
    try (Talker a = messenger().login("ta");
        Talker b = messenger().login("tb");
        Talker c = messenger().login("tc")) {
      a.does("topic.create", "topic", "t", "members", List.of("tb"));
      a.does("send", "kind", "topic", "to", "t", "content", "one", "uuid", "t1");
      JsonNode first = b.push(uuid("message", "t1"));
      assertThat(without(without(first, "at"), "time"))
          .isEqualTo(
              json(
                  "{'op':'message','kind':'topic','uuid':'t1','from':'ta','to':'t',"
                      + "'type':'text','content':'one'}"));
      c.does("topic.join", "topic", "t");
      c.does("send", "kind", "topic", "to", "t", "content", "two", "uuid", "t2");
      a.push(uuid("message", "t2"));
      b.push(uuid("message", "t2"));
      JsonNode newcomers = c.does("history", "kind", "topic", "peer", "t").path("messages");
      assertThat(texts(newcomers, "uuid")).containsExactly("t2");
      assertThat(b.does("unread").path("topic")).isEqualTo(json("[{'topic':'t','count':2}]"));
      assertThat(c.does("unread").path("topic")).isEmpty();
      b.does("read", "kind", "topic", "peer", "t", "upTo", first.path("at").asText());
      for (Talker member : List.of(a, c)) {
        JsonNode read = member.push(op("read").and(with("reader", "tb")));
        assertThat(read.path("upTo")).isEqualTo(first.path("at"));
      }
      assertThat(b.does("unread").path("topic")).isEqualTo(json("[{'topic':'t','count':1}]"));
      assertThat(a.does("receipts", "kind", "topic", "to", "t", "uuid", "t1"))
          .isEqualTo(json("{'readers':['tb'],'count':1}"));
      assertThat(c.does("receipts", "kind", "topic", "to", "t", "uuid", "t2"))
          .isEqualTo(json("{'readers':[],'count':0}"));
      JsonNode history = a.does("history", "kind", "topic", "peer", "t").path("messages");
      assertThat(texts(history, "uuid")).containsExactly("t2", "t1");
      assertThat(texts(history, "readers")).containsExactly("0", "1");

      c.does("edit", "kind", "topic", "to", "t", "uuid", "t2", "content", "two!");
      assertThat(b.push(uuid("edit", "t2")).path("content").asText()).isEqualTo("two!");
      b.isRefused(4003, "edit", "kind", "topic", "to", "t", "uuid", "t2", "content", "no");
      b.isRefused(4003, "recall", "kind", "topic", "to", "t", "uuid", "t2");
      b.isRefused(4004, "recall", "kind", "topic", "to", "t", "uuid", "none");
      a.does("recall", "kind", "topic", "to", "t", "uuid", "t2");
      assertThat(b.push(uuid("recall", "t2")).path("from").asText()).isEqualTo("tc");
      JsonNode after = b.does("history", "kind", "topic", "peer", "t").path("messages").path(0);
      assertThat(after.path("content").asText()).isEmpty();
      assertThat(after.path("recalled").asBoolean()).isTrue();
      a.does("typing", "kind", "topic", "to", "t");
      assertThat(b.push(op("typing")).path("from").asText()).isEqualTo("ta");
    }
  }

  /** The second invitation is a fence: what lies between it and the kick would have come. */
  @Test
  default void nothingComesAfterAKick() {
    try (Talker a = messenger().login("ka");
        Talker b = messenger().login("kb")) {
      a.does("topic.create", "topic", "k", "members", List.of("kb"));
      a.does("topic.kick", "topic", "k", "member", "kb");
      b.push(event("k", "kicked"));
      b.isRefused(4003, "send", "kind", "topic", "to", "k", "content", "no");
      b.isRefused(4003, "history", "kind", "topic", "peer", "k");
      a.does("send", "kind", "topic", "to", "k", "content", "secret", "uuid", "k1");
      a.does("edit", "kind", "topic", "to", "k", "uuid", "k1", "content", "secret!");
      a.does("topic.rename", "topic", "k", "name", "Secret");
      a.does("topic.invite", "topic", "k", "members", List.of("kb"));
      b.push(event("k", "joined"));
      assertThat(texts(b.pushes(frame -> frame.path("at").isTextual()), "event"))
          .containsExactly("created", "kicked", "joined");
    }
  }

  @Test
  default void aMemberWhoWasAwayGetsEachRecordOnceAndInOrder() {
    try (Talker a = messenger().login("ra")) {
      List<String> places;
      try (Talker b = messenger().login("rb")) {
        a.does("topic.create", "topic", "r", "members", List.of("rb"));
        a.does("send", "kind", "topic", "to", "r", "content", "seen", "uuid", "r0");
        b.push(uuid("message", "r0"));
        places = b.places();
      }
      a.does("send", "kind", "topic", "to", "r", "content", "one", "uuid", "r1");
      a.does("topic.rename", "topic", "r", "name", "Other");
      a.does("send", "kind", "topic", "to", "r", "content", "two", "uuid", "r2");
      a.does("edit", "kind", "topic", "to", "r", "uuid", "r1", "content", "one!");
      a.does("recall", "kind", "topic", "to", "r", "uuid", "r2");
      a.does("topic.kick", "topic", "r", "member", "rb");
      a.does("send", "kind", "topic", "to", "r", "content", "secret", "uuid", "r3");
      try (Talker b = messenger().login("rb", "default", places)) {
        a.does("topic.invite", "topic", "r", "members", List.of("rb"));
        b.push(event("r", "joined"));
        hasCaughtUp(b.pushes(frame -> frame.path("at").isTextual()));
        places = b.places();
      }
      try (Talker again = messenger().login("rb", "default", places)) {
        assertThat(again.pushes(op("synced"))).hasSize(1);
        a.does("send", "kind", "topic", "to", "r", "content", "last", "uuid", "r4");
        again.push(uuid("message", "r4"));
        assertThat(texts(again.pushes(frame -> frame.path("at").isTextual()), "uuid"))
            .containsExactly("r4");
      }
    }
  }

  private static void hasCaughtUp(List<JsonNode> came) {
    assertThat(came)
        .extracting(each -> each.path("op").asText() + " " + subject(each))
        .containsExactly(
            "message r1",
            "topic renamed",
            "message r2",
            "edit r1",
            "recall r2",
            "topic kicked",
            "topic joined");
    assertThat(came.get(3).path("content").asText()).isEqualTo("one!");
    assertThat(came)
        .extracting(each -> Long.parseLong(each.path("at").asText().split("/", -1)[2]))
        .isSorted();
  }

  private static String subject(JsonNode push) {
    return push.path(push.has("event") ? "event" : "uuid").asText();
  }

  private static JsonNode without(JsonNode node, String field) {
    ObjectNode copy = node.deepCopy();
    copy.remove(field);
    return copy;
  }
}
