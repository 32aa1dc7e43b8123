package im.linnet.cli.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The steps between friends, and the messages of an application's own kind, between one user and a
 * few others, as a seed decides. Any one thread at once.
 */
final class RandomMutual {
  /** Only so many of the newest messages are changed, since an old one cannot be. */
  private static final int CHANGEABLE = 30;

  private final Random random;
  private final String prefix;
  private final Talker one;
  private final List<Talker> others;
  private final RandomFriends friends;
  private final List<Said> said = new ArrayList<>();
  private int made;

  /**
   * A message that was not taken back.
   *
   * @param at its place, in the partition of who got it
   */
  private record Said(Talker by, Talker to, String uuid, String at) {}

  /**
   * @param prefix of the ids of all that is made
   */
  RandomMutual(Random random, String prefix, Talker one, List<Talker> others) {
    this.random = random;
    this.prefix = prefix;
    this.one = one;
    this.others = others;
    this.friends = new RandomFriends(random, prefix, one, others);
  }

  void step() {
    int dice = random.nextInt(12);
    if (dice < 5) {
      friends.step();
    } else if (dice < 8 || said.isEmpty()) {
      say();
    } else {
      Said message = said.get(said.size() - 1 - random.nextInt(Math.min(said.size(), CHANGEABLE)));
      if (dice < 10) {
        read(message);
      } else {
        change(message);
      }
    }
  }

  private void say() {
    Talker other = others.get(random.nextInt(others.size()));
    Talker by = random.nextBoolean() ? one : other;
    Talker to = by == one ? other : one;
    String uuid = prefix + "w" + made++;
    String at =
        by.does(
                "send", "kind", "mutual", "to", to.name(), "type", "wave", "content", uuid, "uuid",
                uuid)
            .path("at")
            .asText();
    said.add(new Said(by, to, uuid, at));
  }

  private void read(Said message) {
    String peer = message.by().name();
    if (random.nextBoolean()) {
      message.to().does("read", "kind", "mutual", "peer", peer, "upTo", message.at());
    } else {
      List<String> uuids = List.of(message.uuid());
      message.to().does("read", "kind", "mutual", "peer", peer, "uuids", uuids);
    }
  }

  private void change(Said message) {
    String to = message.to().name();
    String uuid = message.uuid();
    if (random.nextBoolean()) {
      message.by().does("edit", "kind", "mutual", "to", to, "uuid", uuid, "content", "new");
    } else {
      message.by().does("recall", "kind", "mutual", "to", to, "uuid", uuid);
      said.remove(message);
    }
  }
}
