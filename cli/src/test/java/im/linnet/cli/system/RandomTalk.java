package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a few people do to each other, as a seed decides: each step is one that they may take, and
 * is done when it returns. All they do is about one of them, the watched one, or in a group that
 * this one may be in.
 */
final class RandomTalk {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Only so many of the newest messages are changed, since an old one cannot be. */
  private static final int CHANGEABLE = 60;

  /**
   * A message.
   *
   * @param at its place in the log
   * @param sentTo the users who were sent it, the sender among them
   * @param stay in a group, which stay of the watched one it came in
   */
  record Said(
      String kind, String from, String to, String uuid, String at, Set<String> sentTo, int stay) {
    String key() {
      return "message %s %s to %s %s".formatted(kind, from, to, uuid);
    }
  }

  private final Random random;
  private final String prefix;
  private final Talker watched;
  private final List<Talker> all;
  private final List<Talker> others;
  private final RandomGroups groups;
  private final RandomFriends friends;
  private final List<Said> said = new ArrayList<>();
  private final Set<String> repeated = new HashSet<>();
  private final Set<Said> recalled = new HashSet<>();
  private final Map<Said, List<String>> texts = new HashMap<>();
  private int made;

  /**
   * @param prefix of the names of all that is made
   */
  RandomTalk(Random random, String prefix, Talker watched, List<Talker> others) {
    this.random = random;
    this.prefix = prefix;
    this.watched = watched;
    this.others = others;
    this.all = new ArrayList<>(others);
    all.add(watched);
    this.groups = new RandomGroups(random, prefix, all);
    this.friends = new RandomFriends(random, prefix, watched, others);
  }

  void step() {
    int dice = random.nextInt(20);
    if (dice < 7) {
      say(any(all));
    } else if (dice < 9) {
      edit();
    } else if (dice < 11) {
      recall();
    } else if (dice < 14) {
      read();
    } else if (dice < 16) {
      friends.step();
    } else {
      groups.step();
    }
  }

  /** The keys of all messages, the steps between friends too, that the watched one was sent. */
  Set<String> sentToTheWatched() {
    Set<String> keys = new HashSet<>(friends.keys());
    said.stream()
        .filter(each -> each.sentTo().contains(watched.name()))
        .forEach(each -> keys.add(each.key()));
    return keys;
  }

  /** The keys of the messages whose send was repeated, so that their copies may come again. */
  Set<String> repeated() {
    return repeated;
  }

  /**
   * The texts of messages that were taken back, but for those of which the watched one, who has
   * several devices, keeps copies.
   */
  List<String> goneTexts() {
    return recalled.stream()
        .filter(each -> each.kind().equals("topic") || !each.from().equals(watched.name()))
        .flatMap(each -> texts.get(each).stream())
        .toList();
  }

  /** Sends a message of any kind; returns it as the others are pushed it. */
  ObjectNode say(Talker by) {
    List<RandomGroups.Group> own = groups.of(by.name());
    int dice = random.nextInt(own.isEmpty() ? 4 : 8);
    String kind = dice < 3 ? "p2p" : dice < 4 ? "mutual" : "topic";
    String to;
    Set<String> sentTo;
    int stay = 0;
    if (kind.equals("topic")) {
      RandomGroups.Group group = any(own);
      to = group.id();
      sentTo = group.members();
      stay = group.stay(watched.name());
    } else {
      to = by.name().equals(watched.name()) ? any(others).name() : watched.name();
      sentTo = Set.of(by.name(), to);
    }
    String uuid = prefix + "m" + made++;
    String text = "text-" + made++ + "-of-" + uuid + ".";
    String type = kind.equals("mutual") ? "wave" : "text";
    int repeats = by.repeats();
    JsonNode data =
        by.does("send", "kind", kind, "to", to, "type", type, "content", text, "uuid", uuid);
    Said message = new Said(kind, by.name(), to, uuid, data.path("at").asText(), sentTo, stay);
    said.add(message);
    if (by.repeats() > repeats) {
      repeated.add(message.key());
    }
    texts.computeIfAbsent(message, each -> new ArrayList<>()).add(text);
    return JSON.createObjectNode()
        .put("op", "message")
        .put("at", message.at())
        .put("time", data.path("time").asLong())
        .put("kind", kind)
        .put("uuid", uuid)
        .put("from", by.name())
        .put("to", to)
        .put("type", type)
        .put("content", text);
  }

  private void edit() {
    Said message = changeable();
    if (message == null) {
      return;
    }
    Talker by = named(message.from());
    String text = "text-" + made++ + "-of-" + message.uuid() + ".";
    Object[] fields = {
      "kind", message.kind(), "to", message.to(), "uuid", message.uuid(), "content", text
    };
    if (recalled.contains(message)) {
      by.isRefused(4009, "edit", fields);
    } else {
      by.does("edit", fields);
      texts.get(message).add(text);
    }
  }

  private void recall() {
    Said message = changeable();
    if (message == null) {
      return;
    }
    String by = message.from();
    if (message.kind().equals("topic") && random.nextBoolean()) {
      String founder = groups.get(message.to()).founder();
      by = message.sentTo().contains(founder) ? founder : by;
    }
    named(by).does("recall", "kind", message.kind(), "to", message.to(), "uuid", message.uuid());
    recalled.add(message);
  }

  /**
   * A message that its sender may change. In a group only those that the watched one sees change,
   * having stayed since they came, or never saw: of others a screen keeps the old text, and the
   * view has the new one alone.
   */
  private @Nullable Said changeable() {
    List<Said> newest = said.subList(Math.max(0, said.size() - CHANGEABLE), said.size());
    return anyOf(
        newest,
        message -> {
          RandomGroups.Group group = groups.get(message.to());
          boolean stayed =
              group != null
                  && group.members().contains(watched.name())
                  && group.stay(watched.name()) == message.stay();
          return group == null
              || (group.members().contains(message.from())
                  && (stayed || !message.sentTo().contains(watched.name())));
        });
  }

  private void read() {
    Talker reader = any(all);
    Said message =
        anyOf(
            said,
            each -> {
              RandomGroups.Group group = groups.get(each.to());
              boolean came = each.sentTo().contains(reader.name());
              return came
                  && !each.from().equals(reader.name())
                  && (group == null || group.members().contains(reader.name()));
            });
    if (message == null) {
      return;
    }
    String peer = message.kind().equals("topic") ? message.to() : message.from();
    // A screen cannot tell the place of a message that it never had.
    if (message.sentTo().contains(watched.name()) && random.nextBoolean()) {
      reader.does("read", "kind", message.kind(), "peer", peer, "uuids", List.of(message.uuid()));
    } else {
      reader.does("read", "kind", message.kind(), "peer", peer, "upTo", message.at());
    }
  }

  private @Nullable Said anyOf(List<Said> from, Predicate<Said> suitable) {
    List<Said> found = from.stream().filter(suitable).toList();
    return found.isEmpty() ? null : any(found);
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Talker named(String name) {
    return all.stream().filter(each -> Objects.equals(each.name(), name)).findFirst().orElseThrow();
  }
}
