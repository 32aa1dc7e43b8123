package im.linnet.cli.system;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The steps between friends that a few people may take with one of them, as a seed decides. */
final class RandomFriends {
  private final Random random;
  private final String prefix;
  private final Talker watched;
  private final List<Talker> others;

  /** Who of the two has asked, by the other one's name; absent where nobody has. */
  private final Map<String, Talker> asked = new HashMap<>();

  private final Set<String> friends = new HashSet<>();
  private final Set<String> keys = new HashSet<>();
  private int made;

  RandomFriends(Random random, String prefix, Talker watched, List<Talker> others) {
    this.random = random;
    this.prefix = prefix;
    this.watched = watched;
    this.others = others;
  }

  /** The keys of all steps, which both of the two are pushed. */
  Set<String> keys() {
    return keys;
  }

  void step() {
    Talker other = others.get(random.nextInt(others.size()));
    String name = other.name();
    Talker asker = asked.get(name);
    if (friends.contains(name)) {
      take(random.nextBoolean() ? watched : other, other, "remove_friend");
      friends.remove(name);
    } else if (asker == null) {
      Talker by = random.nextBoolean() ? watched : other;
      take(by, other, "add_friend");
      asked.put(name, by);
    } else {
      // An answer, or a request that crosses the first.
      List<String> answers = List.of("accept_friend", "reject_friend", "add_friend");
      String type = answers.get(random.nextInt(answers.size()));
      take(asker == watched ? other : watched, other, type);
      asked.remove(name);
      if (!type.equals("reject_friend")) {
        friends.add(name);
      }
    }
  }

  private void take(Talker by, Talker other, String type) {
    Talker to = by == watched ? other : watched;
    String uuid = prefix + "f" + made++;
    by.does(
        "send",
        "kind",
        "mutual",
        "to",
        to.name(),
        "type",
        type,
        "content",
        "as " + uuid,
        "uuid",
        uuid);
    keys.add("message mutual %s to %s %s".formatted(by.name(), to.name(), uuid));
  }
}
