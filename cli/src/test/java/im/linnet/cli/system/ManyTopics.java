package im.linnet.cli.system;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Many groups of one owner, and what happens in them, as a seed decides. Any one thread at once.
 */
final class ManyTopics {
  private final Random random;
  private final long seed;
  private final String member;
  private final Talker owner;
  private final Talker friend;
  private final Talker guest;
  private final List<Group> groups = new ArrayList<>();
  private int made;

  /** A group, with those who are in it beside its owner. */
  private static final class Group {
    private final String id;
    private final Set<String> in = new HashSet<>();
    private @Nullable String uuid;
    private @Nullable String at;

    Group(String id) {
      this.id = id;
    }
  }

  /**
   * @param member who only listens
   */
  ManyTopics(long seed, String member, Talker owner, Talker friend, Talker guest) {
    this.random = new Random(seed);
    this.seed = seed;
    this.member = member;
    this.owner = owner;
    this.friend = friend;
    this.guest = guest;
  }

  /** So many more groups, with the member and the friend. */
  void create(int count) {
    List<Talker.Request> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Group group = new Group("t" + seed + "-" + made++);
      group.in.add(member);
      group.in.add(friend.name());
      groups.add(group);
      requests.add(
          owner.begin(
              "topic.create",
              "topic",
              group.id,
              "members",
              List.copyOf(group.in),
              "uuid",
              group.id));
    }
    requests.forEach(owner::answered);
  }

  void steps(int count) {
    for (int i = 0; i < count; i++) {
      step(groups.get(random.nextInt(groups.size())));
    }
  }

  private void step(Group group) {
    int dice = random.nextInt(60);
    if (dice < 28) {
      say(group.in.contains(friend.name()) && dice % 2 == 0 ? friend : owner, group);
    } else if (dice < 33) {
      read(group);
    } else if (dice < 38) {
      change(group);
    } else if (dice < 44) {
      comesOrGoes(guest, group);
    } else if (dice < 47) {
      comesOrGoes(friend, group);
    } else if (dice < 56) {
      putsOutOrIn(group);
    } else if (dice < 58) {
      owner.does("topic.rename", "topic", group.id, "name", "Name " + made++);
    } else if (dice < 59) {
      create(1);
    } else {
      owner.does("topic.disband", "topic", group.id);
      groups.remove(group);
    }
  }

  private void say(Talker by, Group group) {
    String uuid = "m" + made++;
    String at =
        by.does("send", "kind", "topic", "to", group.id, "content", uuid, "uuid", uuid)
            .path("at")
            .asText();
    group.at = at;
    if (by == owner) {
      group.uuid = uuid;
    }
  }

  private void read(Group group) {
    if (group.at != null) {
      owner.does("read", "kind", "topic", "peer", group.id, "upTo", group.at);
    }
  }

  private void change(Group group) {
    if (group.uuid != null) {
      if (random.nextBoolean()) {
        owner.does("edit", "kind", "topic", "to", group.id, "uuid", group.uuid, "content", "new");
      } else {
        owner.does("recall", "kind", "topic", "to", group.id, "uuid", group.uuid);
        group.uuid = null;
      }
    }
  }

  private static void comesOrGoes(Talker user, Group group) {
    if (group.in.add(user.name())) {
      user.does("topic.join", "topic", group.id);
    } else {
      user.does("topic.leave", "topic", group.id);
      group.in.remove(user.name());
    }
  }

  private void putsOutOrIn(Group group) {
    if (group.in.add(member)) {
      owner.does("topic.invite", "topic", group.id, "members", List.of(member));
    } else {
      owner.does("topic.kick", "topic", group.id, "member", member);
      group.in.remove(member);
    }
  }
}
