package im.linnet.cli.system;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the log says of who is whose friend, and of requests: for each user by its own inbox. */
final class FriendLog {
  private final Map<String, Set<String>> friends = new HashMap<>();
  private final Map<String, Request> requests = new HashMap<>();
  // By owner, asker and asked the key of the request that is not answered.
  private final Map<String, String> pending = new HashMap<>();

  /**
   * A request, as {@code friend_request} has it.
   *
   * @param seconds its {@code Time}
   */
  record Request(String asker, String asked, int status, long seconds) {}

  /** One of the two copies of a step. */
  void take(LogEntry record) {
    String owner = record.key();
    String from = record.text("from");
    String to = record.text("to");
    String other = owner.equals(from) ? to : from;
    switch (record.type()) {
      case "add_friend" -> {
        String key = owner + "/" + record.text("uuid");
        requests.put(key, new Request(from, to, 0, record.time() / 1_000));
        pending.put(owner + "/" + from + "/" + to, key);
      }
      case "accept_friend" -> {
        answer(owner, to, from, 1);
        friends.computeIfAbsent(owner, each -> new TreeSet<>()).add(other);
      }
      case "reject_friend" -> answer(owner, to, from, 2);
      case "remove_friend" -> friends.getOrDefault(owner, new TreeSet<>()).remove(other);
      default -> throw new IllegalArgumentException(record + " is no step between friends");
    }
  }

  private void answer(String owner, String asker, String asked, int status) {
    String key = pending.remove(owner + "/" + asker + "/" + asked);
    if (key == null) {
      throw new AssertionError("in the inbox of " + owner + " an answer to no request of " + asker);
    }
    requests.computeIfPresent(
        key, (each, request) -> new Request(asker, asked, status, request.seconds()));
  }

  /** The friends of each who has any, by name. */
  Map<String, Set<String>> friends() {
    Map<String, Set<String>> all = new HashMap<>(friends);
    all.values().removeIf(Set::isEmpty);
    return all;
  }

  /** The requests by {@code <owner>/<uuid>}. */
  Map<String, Request> requests() {
    return requests;
  }
}
