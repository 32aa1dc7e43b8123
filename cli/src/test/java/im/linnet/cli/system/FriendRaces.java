package im.linnet.cli.system;

import static im.linnet.cli.system.PeopleCases.areFriends;
import static im.linnet.cli.system.Talker.op;
import static im.linnet.cli.system.Talker.texts;
import static im.linnet.cli.system.Talker.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Races between two users. Each round begins and ends with two who are not friends. */
final class FriendRaces {
  private FriendRaces() {}

  /** One asks; the other one answers on two devices. */
  private abstract static class Asked extends Race {
    final Talker a;
    final Talker b;
    final Talker second;
    private final List<String> seen = new ArrayList<>();

    Asked(Logins logins, String of) {
      super(logins);
      a = login(0, of + "a");
      b = login(0, of + "b");
      second = login(1, of + "b", "second");
    }

    /** Returns the uuid of the request once the other one has it. */
    final String ask() {
      String request = steps(a, b.name(), "add_friend");
      b.push(uuid("message", request));
      return request;
    }

    /** The one who asked sees that answer. */
    final void sees(Attempt answer) {
      seen.add(answer.id().uuid());
      a.push(uuid("message", seen.getLast()));
    }

    final void isAnswered(String request, int status) {
      for (Talker each : List.of(a, second)) {
        JsonNode newest = each.does("friend.requests").path("requests").path(0);
        assertThat(newest.path("uuid").asText()).isEqualTo(request);
        assertThat(newest.path("status").asInt()).isEqualTo(status);
      }
    }

    /**
     * Ends the round. Another device does a step for that, so both are told of it after all else:
     * the one who asked has seen the answers, and nobody a step that was refused.
     */
    final void ends(boolean friends) {
      String last = steps(second, a.name(), friends ? "remove_friend" : "add_friend");
      seen.add(last);
      for (Talker each : List.of(a, b)) {
        each.push(uuid("message", last));
      }
      assertThat(texts(a.pushes(op("message")), "uuid")).isEqualTo(seen);
      List<String> ofB = texts(b.pushes(op("message")), "uuid");
      assertThat(attempts()).noneMatch(each -> each.code() != 0 && ofB.contains(each.id().uuid()));
      assertThat(ofB).doesNotHaveDuplicates();
      if (!friends) {
        steps(a, b.name(), "reject_friend");
      }
    }
  }

  /** Two devices of one user accept one request. */
  static final class TwoAccepts extends Asked {
    TwoAccepts(Logins logins) {
      super(logins, "v");
    }

    @Override
    String round(int number) {
      String u = "v" + number;
      String request = ask();
      Attempt one = ofFriends(b, second, "va", "accept_friend", u + "1");
      Attempt other = ofFriends(second, b, "va", "accept_friend", u + "2");
      Attempt winner = winner(number, one, other, 4009);
      sees(winner);
      areFriends(a, b, true);
      isAnswered(request, 1);
      ends(true);
      return winner == one ? "first device" : "second device";
    }
  }

  /** One device accepts, the other one rejects. */
  static final class AcceptAgainstReject extends Asked {
    AcceptAgainstReject(Logins logins) {
      super(logins, "y");
    }

    @Override
    String round(int number) {
      String u = "y" + number;
      String request = ask();
      Attempt accept = ofFriends(b, second, "ya", "accept_friend", u + "a");
      Attempt reject = ofFriends(second, b, "ya", "reject_friend", u + "r");
      boolean accepted = winner(number, accept, reject, 4009) == accept;
      sees(accepted ? accept : reject);
      areFriends(a, b, accepted);
      isAnswered(request, accepted ? 1 : 2);
      ends(accepted);
      return accepted ? "accepted" : "rejected";
    }
  }

  /** One accepts while the other one ends the friendship that there may not be yet. */
  static final class AcceptAgainstRemove extends Asked {
    private final Talker aLater;

    AcceptAgainstRemove(Logins logins) {
      super(logins, "u");
      aLater = login(1, "ua", "later");
    }

    @Override
    String round(int number) {
      String u = "u" + number;
      String request = ask();
      Attempt accept = ofFriends(second, b, "ua", "accept_friend", u + "a");
      Attempt remove = ofFriends(a, aLater, "ub", "remove_friend", u + "r");
      meet(number, accept, remove);
      assertThat(accept.code()).as("%s", accept).isZero();
      assertThat(remove.code()).as("%s", remove).isIn(0, 4004);
      repeat(accept, remove);
      sees(accept);
      boolean removed = remove.code() == 0;
      b.push(uuid("message", u + (removed ? "r" : "a")));
      areFriends(a, b, !removed);
      isAnswered(request, 1);
      ends(!removed);
      return removed ? "accepted, then removed" : "nothing to remove, then accepted";
    }
  }

  /** Each asks the other one. */
  static final class CrossingRequests extends Race {
    private final Talker a = login(0, "za");
    private final Talker b = login(1, "zb");
    private final Talker aLater = login(1, "za", "later");
    private final Talker bLater = login(0, "zb", "later");

    CrossingRequests(Logins logins) {
      super(logins);
    }

    @Override
    String round(int number) {
      String u = "z" + number;
      Attempt ofA = ofFriends(a, aLater, "zb", "add_friend", u + "a");
      Attempt ofB = ofFriends(b, bLater, "za", "add_friend", u + "b");
      meet(number, ofA, ofB);
      assertThat(List.of(ofA.code(), ofB.code())).as("%s, %s", ofA, ofB).containsExactly(0, 0);
      List<String> types =
          texts(
              List.of(a.push(uuid("message", u + "b")), b.push(uuid("message", u + "a"))), "type");
      assertThat(types).containsExactlyInAnyOrder("add_friend", "accept_friend");
      areFriends(a, b, true);
      String asked = types.getFirst().equals("accept_friend") ? "za" : "zb";
      JsonNode requests = a.does("friend.requests").path("requests");
      assertThat(requests).hasSize(Math.min(number + 1, 200));
      assertThat(requests.path(0).path("status").asInt()).isEqualTo(1);
      assertThat(requests.path(0).path("reqUser").asText()).isEqualTo(asked);
      a.isRefused(4009, "send", "kind", "mutual", "to", "zb", "type", "add_friend", "content", "");
      repeat(ofA, ofB);
      // Another device does it, so both are told of it, after all else.
      String removal = steps(bLater, "za", "remove_friend");
      a.push(uuid("message", removal));
      b.push(uuid("message", removal));
      assertThat(a.pushes(op("message"))).hasSize(2 * (number + 1));
      assertThat(b.pushes(op("message"))).hasSize(2 * (number + 1));
      return asked + " asked first";
    }
  }
}
