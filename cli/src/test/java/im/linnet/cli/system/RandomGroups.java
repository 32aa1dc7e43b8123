package im.linnet.cli.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The groups of a few people, and the steps in them that they may take, as a seed decides. */
final class RandomGroups {
  private static final int LEAST = 3;
  private static final int MOST = 6;

  /** A group; without members once it is gone. */
  static final class Group {
    private final String id;
    private final boolean open;
    private final Set<String> members = new LinkedHashSet<>();
    private final Map<String, Integer> stays = new HashMap<>();
    private String founder;

    private Group(String id, boolean open, String founder) {
      this.id = id;
      this.open = open;
      this.founder = founder;
      add(founder);
    }

    private void add(String user) {
      if (members.add(user)) {
        stays.merge(user, 1, Integer::sum);
      }
    }

    /** Which of the user's stays in the group this is, or was the last. */
    int stay(String user) {
      return stays.getOrDefault(user, 0);
    }

    String id() {
      return id;
    }

    String founder() {
      return founder;
    }

    /** Its members now. */
    Set<String> members() {
      return Set.copyOf(members);
    }
  }

  private final Random random;
  private final String prefix;
  private final List<Talker> people;
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private int made;

  RandomGroups(Random random, String prefix, List<Talker> people) {
    this.random = random;
    this.prefix = prefix;
    this.people = people;
  }

  /** The group of that id, also one that is gone. */
  @Nullable Group get(String id) {
    return groups.get(id);
  }

  /** The groups that a user is in. */
  List<Group> of(String user) {
    return groups.values().stream().filter(each -> each.members.contains(user)).toList();
  }

  void step() {
    List<Group> alive = groups.values().stream().filter(each -> !each.members.isEmpty()).toList();
    if (alive.size() < LEAST || (alive.size() < MOST && random.nextInt(6) == 0)) {
      create(any(people));
      return;
    }
    Group group = any(alive);
    Talker by = any(people);
    if (!group.members.contains(by.name())) {
      comes(by, group);
    } else if (by.name().equals(group.founder)) {
      founds(by, group);
    } else if (random.nextBoolean()) {
      by.does("topic.leave", "topic", group.id);
      group.members.remove(by.name());
    } else {
      invite(by, group);
    }
  }

  private void create(Talker by) {
    Group group = new Group(prefix + "g" + made++, random.nextInt(3) > 0, by.name());
    for (Talker each : people) {
      if (random.nextInt(3) > 0) {
        group.add(each.name());
      }
    }
    by.does(
        "topic.create",
        "topic",
        group.id,
        "name",
        "Name " + made,
        "members",
        List.copyOf(group.members),
        "join",
        group.open ? "open" : "invite",
        "history",
        random.nextBoolean());
    groups.put(group.id, group);
  }

  private void comes(Talker by, Group group) {
    if (group.open) {
      by.does("topic.join", "topic", group.id);
      group.add(by.name());
    } else {
      invite(named(any(List.copyOf(group.members))), group);
    }
  }

  private void invite(Talker by, Group group) {
    List<String> outside =
        people.stream().map(Talker::name).filter(each -> !group.members.contains(each)).toList();
    if (!outside.isEmpty()) {
      by.does("topic.invite", "topic", group.id, "members", outside);
      outside.forEach(group::add);
    }
  }

  /** A step of the founder. */
  private void founds(Talker by, Group group) {
    List<String> members = new ArrayList<>(group.members);
    members.remove(by.name());
    int dice = random.nextInt(12);
    if (dice < 2) {
      by.does("topic.rename", "topic", group.id, "name", "Name " + made++);
    } else if (dice < 4) {
      invite(by, group);
    } else if (dice == 4 || members.isEmpty()) {
      by.does(dice == 4 ? "topic.disband" : "topic.leave", "topic", group.id);
      group.members.clear();
    } else if (dice < 7) {
      group.founder = any(members);
      by.does("topic.transfer", "topic", group.id, "member", group.founder);
    } else {
      String gone = any(members);
      by.does("topic.kick", "topic", group.id, "member", gone);
      group.members.remove(gone);
    }
  }

  private Talker named(String name) {
    return people.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
