package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A user's friends and requests, as the steps tell that a screen was pushed. One thread. */
final class FoldedFriends {
  private final String user;
  private final TreeSet<String> friends = new TreeSet<>();
  private final Map<String, Request> requests = new TreeMap<>();

  /**
   * A request.
   *
   * @param status 0 pending, 1 accepted, 2 rejected
   */
  private record Request(String by, String of, String text, int status) {
    Request answered(int now) {
      return new Request(by, of, text, now);
    }

    @Override
    public String toString() {
      return by + " asks " + of + " '" + text + "' " + status;
    }
  }

  FoldedFriends(String user) {
    this.user = user;
  }

  /** A step, pushed to both of the two. */
  void take(JsonNode step) {
    String from = step.path("from").asText();
    String to = step.path("to").asText();
    String other = from.equals(user) ? to : from;
    switch (step.path("type").asText()) {
      case "add_friend" ->
          requests.put(
              step.path("uuid").asText(), new Request(from, to, step.path("content").asText(), 0));
      case "accept_friend" -> {
        answer(from, to, 1);
        friends.add(other);
      }
      case "reject_friend" -> answer(from, to, 2);
      case "remove_friend" -> friends.remove(other);
      default -> throw new AssertionError("no such step is expected: " + step);
    }
  }

  private void answer(String from, String to, int status) {
    requests.replaceAll(
        (uuid, request) ->
            request.by().equals(to) && request.of().equals(from) && request.status() == 0
                ? request.answered(status)
                : request);
  }

  void show(Map<String, String> shown) {
    shown.put("friends", friends.toString());
    requests.forEach((uuid, request) -> shown.put("request " + uuid, request.toString()));
  }

  /** The answers of a server, in the same form. */
  static void show(JsonNode friends, JsonNode requests, Map<String, String> shown) {
    TreeSet<String> names = new TreeSet<>();
    friends.forEach(friend -> names.add(friend.asText()));
    shown.put("friends", names.toString());
    for (JsonNode each : requests) {
      Request request =
          new Request(
              each.path("reqUser").asText(),
              each.path("user").asText(),
              each.path("reqMessage").asText(),
              each.path("status").asInt());
      shown.put("request " + each.path("uuid").asText(), request.toString());
    }
  }
}
