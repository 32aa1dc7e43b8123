package im.linnet.cli.system;

import static im.linnet.cli.system.Talker.json;
import static im.linnet.cli.system.Talker.op;
import static im.linnet.cli.system.Talker.texts;
import static im.linnet.cli.system.Talker.uuid;
import static im.linnet.cli.system.Talker.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Friends, blocks, contacts and chat lists, as two people see them on their sockets. */
interface PeopleCases {
  Messenger messenger();

  @Test
  default void twoBecomeFriendsAndPart() {
    try (Talker a = messenger().login("fa");
        Talker b = messenger().login("fb");
        Talker other = messenger().login("fb", "other", List.of())) {
      b.isRefused(
          4004, "send", "kind", "mutual", "to", "fa", "type", "accept_friend", "content", "");
      b.isRefused(
          4004, "send", "kind", "mutual", "to", "fa", "type", "remove_friend", "content", "");
      ask(a, "fb", "add_friend", "Please", "f1");
      JsonNode request = b.push(uuid("message", "f1"));
      assertThat(texts(List.of(request), "kind")).containsExactly("mutual");
      assertThat(request.path("from").asText()).isEqualTo("fa");
      assertThat(request.path("to").asText()).isEqualTo("fb");
      assertThat(request.path("type").asText()).isEqualTo("add_friend");
      assertThat(request.path("content").asText()).isEqualTo("Please");
      a.isRefused(4009, "send", "kind", "mutual", "to", "fb", "type", "add_friend", "content", "");
      a.isRefused(
          4004, "send", "kind", "mutual", "to", "fb", "type", "accept_friend", "content", "");
      areAsked(a, b, "0");

      ask(b, "fa", "reject_friend", "", "f2");
      assertThat(a.push(uuid("message", "f2")).path("type").asText()).isEqualTo("reject_friend");
      areAsked(a, b, "2");
      b.isRefused(
          4009, "send", "kind", "mutual", "to", "fa", "type", "accept_friend", "content", "");
      ask(a, "fb", "add_friend", "Once more", "f3");
      areAsked(a, b, "0", "2");
      ask(b, "fa", "accept_friend", "", "f4");
      assertThat(a.push(uuid("message", "f4")).path("type").asText()).isEqualTo("accept_friend");
      areAsked(a, b, "1", "2");
      areFriends(a, b, true);
      b.isRefused(
          4009, "send", "kind", "mutual", "to", "fa", "type", "reject_friend", "content", "");
      b.isRefused(4009, "send", "kind", "mutual", "to", "fa", "type", "add_friend", "content", "");

      ask(a, "fb", "remove_friend", "", "f5");
      b.push(uuid("message", "f5"));
      areFriends(a, b, false);
      a.isRefused(
          4004, "send", "kind", "mutual", "to", "fb", "type", "remove_friend", "content", "");

      ask(a, "fb", "add_friend", "Back", "f6");
      b.push(uuid("message", "f6"));
      ask(b, "fa", "add_friend", "Back", "f7"); // it crosses the other's
      assertThat(a.push(uuid("message", "f7")).path("type").asText()).isEqualTo("accept_friend");
      areFriends(a, b, true);

      // It comes to both sessions after all else.
      ask(a, "fb", "remove_friend", "", "f8");
      b.push(uuid("message", "f8"));
      other.push(uuid("message", "f8"));
      assertThat(texts(a.pushes(op("message")), "uuid")).containsExactly("f2", "f4", "f7");
      assertThat(texts(b.pushes(op("message")), "uuid"))
          .containsExactly("f1", "f3", "f5", "f6", "f8");
      assertThat(texts(other.pushes(op("message")), "uuid"))
          .containsExactly("f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8");
    }
  }

  private static void ask(Talker from, String to, String type, String content, String uuid) {
    JsonNode data =
        from.does(
            "send", "kind", "mutual", "to", to, "type", type, "content", content, "uuid", uuid);
    assertThat(data.path("uuid").asText()).isEqualTo(uuid);
    assertThat(data.path("time").asLong()).isPositive();
  }

  private static void areAsked(Talker a, Talker b, String... statuses) {
    for (Talker each : List.of(a, b)) {
      JsonNode requests = each.does("friend.requests").path("requests");
      assertThat(texts(requests, "status")).containsExactly(statuses);
      assertThat(texts(requests, "reqUser")).containsOnly(a.name());
      assertThat(texts(requests, "user")).containsOnly(b.name());
    }
  }

  /** Whether the two, and nobody else, are in each other's lists. */
  static void areFriends(Talker a, Talker b, boolean friends) {
    JsonNode ofA = a.does("friend.list").path("friends");
    JsonNode ofB = b.does("friend.list").path("friends");
    assertThat(ofA).isEqualTo(json(friends ? "['" + b.name() + "']" : "[]"));
    assertThat(ofB).isEqualTo(json(friends ? "['" + a.name() + "']" : "[]"));
  }

  @Test
  default void whoIsBlockedCannotWrite() {
    try (Talker a = messenger().login("ba");
        Talker b = messenger().login("bb")) {
      b.does("block.add", "user", "ba");
      assertThat(b.does("block.list")).isEqualTo(json("{'blocked':['ba']}"));
      a.isRefused(4003, "send", "kind", "p2p", "to", "bb", "content", "no");
      a.isRefused(4003, "send", "kind", "mutual", "to", "bb", "type", "add_friend", "content", "");
      a.isRefused(4003, "send", "kind", "mutual", "to", "bb", "type", "wave", "content", "no");
      b.does("block.remove", "user", "ba");
      assertThat(b.does("block.list")).isEqualTo(json("{'blocked':[]}"));
      a.does("send", "kind", "p2p", "to", "bb", "content", "yes", "uuid", "b1");
      b.push(uuid("message", "b1"));
      a.does("send", "kind", "mutual", "to", "bb", "type", "wave", "content", "", "uuid", "b2");
      b.push(uuid("message", "b2"));
      assertThat(texts(b.pushes(op("message")), "uuid")).containsExactlyInAnyOrder("b1", "b2");
    }
  }

  @Test
  default void peopleAreNamedAndListed() {
    try (Talker a = messenger().login("pa");
        Talker b = messenger().login("pb")) {
      a.does("profile.set", "nickname", "Al", "avatar", "https://a.example/face.png");
      assertThat(b.does("profile.get", "users", List.of("pa")).path("profiles"))
          .isEqualTo(json("[{'user':'pa','nickname':'Al','avatar':'https://a.example/face.png'}]"));
      a.does("contact.set", "user", "pb", "remark", "Bee", "labels", List.of("x"));
      assertThat(a.does("contact.list").path("contacts"))
          .isEqualTo(json("[{'user':'pb','remark':'Bee','labels':['x']}]"));
      assertThat(b.does("contact.list").path("contacts")).isEmpty();

      a.does("topic.create", "topic", "p", "name", "Pea", "members", List.of("pb"));
      a.does("send", "kind", "p2p", "to", "pb", "content", "yo", "uuid", "p1");
      b.push(uuid("message", "p1"));
      JsonNode listed = b.does("conversations").path("conversations");
      assertThat(texts(listed, "kind")).containsExactlyInAnyOrder("p2p", "topic");
      for (JsonNode each : listed) {
        boolean p2p = each.path("kind").asText().equals("p2p");
        assertThat(each.path(p2p ? "peer" : "name").asText()).isEqualTo(p2p ? "pa" : "Pea");
        assertThat(each.path("unread").asInt()).isEqualTo(p2p ? 1 : 0);
        assertThat(each.path("last").path("uuid").asText()).isEqualTo(p2p ? "p1" : "");
      }
      JsonNode own = a.does("conversations").path("conversations");
      assertThat(own).anyMatch(each -> each.path("peer").asText().equals("pb"));
      assertThat(own).allMatch(each -> each.path("unread").asInt() == 0);

      assertThat(a.does("receipts", "kind", "p2p", "to", "pb", "uuid", "p1"))
          .isEqualTo(json("{'readers':[],'count':0}"));
      b.does("read", "kind", "p2p", "peer", "pa", "uuids", List.of("p1"));
      a.push(op("read").and(with("reader", "pb")));
      assertThat(a.does("receipts", "kind", "p2p", "to", "pb", "uuid", "p1"))
          .isEqualTo(json("{'readers':['pb'],'count':1}"));
      assertThat(b.does("unread").path("total").asInt()).isZero();
      a.does("typing", "kind", "p2p", "to", "pb");
      assertThat(b.push(op("typing")).path("from").asText()).isEqualTo("pa");
    }
  }

  @Test
  default void aStatusIsSeenByWatchersAndFriends() {
    try (Talker a = messenger().login("sa");
        Talker friend = messenger().login("sb");
        Talker watcher = messenger().login("sc");
        Talker beside = messenger().login(Fence.beside("sa"));
        Talker stranger = messenger().login("sd")) {
      ask(a, "sb", "add_friend", "", "s1");
      ask(friend, "sa", "accept_friend", "", "s2");
      watcher.does("presence.watch", "users", List.of("sa"));
      a.does("presence.set", "status", "away");
      for (Talker each : List.of(friend, watcher)) {
        each.push(op("presence").and(with("user", "sa")).and(with("status", "away")));
      }
      // The stranger is told of this one after all that it could be told of the other one.
      stranger.does("presence.watch", "users", List.of(beside.name()));
      beside.does("presence.set", "status", "busy");
      stranger.push(op("presence").and(with("user", beside.name())).and(with("status", "busy")));
      assertThat(stranger.pushes(op("presence").and(with("user", "sa")))).isEmpty();
      assertThat(
              texts(
                  stranger.does("presence.get", "users", List.of("sa")).path("presence"), "status"))
          .containsExactly("away");
    }
  }
}
