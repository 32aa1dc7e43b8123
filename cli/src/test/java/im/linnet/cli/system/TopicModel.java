package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What the log says of one topic: who was in it from where to where, and so saw what. */
final class TopicModel {
  private static final long OPEN = Long.MAX_VALUE;

  private final String topic;
  private final TreeMap<Long, String> uuids = new TreeMap<>();
  private final TreeMap<Long, Delivery> messages = new TreeMap<>();
  private final TreeMap<Long, JsonNode> facts = new TreeMap<>();
  private final TreeMap<Long, Notice> marks = new TreeMap<>();
  private final Map<String, Long> reached = new HashMap<>();
  private final Map<String, List<Span>> spans = new HashMap<>();
  private final Map<String, Long> joinTimes = new HashMap<>();
  private final Set<String> members = new TreeSet<>();
  private final Set<String> identities = new HashSet<>();
  private String founder = "";
  private String name = "";
  private boolean history;
  private long over = OPEN;
  private String last = "";
  private int repeats;

  /** One membership, by the offsets of its first and its last fact. */
  private record Span(long join, long left) {
    boolean has(long offset) {
      return join <= offset && offset <= left;
    }

    @Override
    public String toString() {
      return join + "-" + (left == OPEN ? "" : left);
    }
  }

  /**
   * A topic, as {@code topic_info} has it.
   *
   * @param last the place of its last fact
   */
  record Info(
      String founder,
      List<String> members,
      String name,
      boolean history,
      boolean disbanded,
      String last) {}

  /**
   * A user in a topic, as {@code topic_member} has it.
   *
   * @param joinTime of the last join, epoch seconds
   * @param spans the memberships, {@code <join>-<left>} each
   */
  record Member(long joinTime, List<String> spans) {}

  TopicModel(String topic) {
    this.topic = topic;
  }

  void message(LogEntry record) {
    String uuid = record.text("uuid");
    if (identities.add(record.text("from") + "|" + uuid)) {
      uuids.put(record.offset(), uuid);
      messages.put(record.offset(), Delivery.of(record, topic));
    } else {
      repeats++;
    }
  }

  void mark(LogEntry record) {
    String upTo = record.text("upTo");
    String reader = record.text("reader");
    marks.put(record.offset(), new Notice(reader, upTo, record.at()));
    long mark =
        Math.min(Long.parseLong(upTo.substring(upTo.lastIndexOf('/') + 1)), record.offset() - 1);
    reached.merge(reader, mark, Math::max);
  }

  void fact(LogEntry record) {
    facts.put(record.offset(), record.value());
    last = record.at();
    List<String> named = Talker.texts(record.value().path("members"));
    switch (record.type()) {
      case "created" -> {
        founder = named.getFirst();
        name = record.text("name");
        history = record.value().path("history").asBoolean();
        named.forEach(member -> joins(member, record));
      }
      case "joined" -> named.forEach(member -> joins(member, record));
      case "left", "kicked" -> {
        List<Span> of = spans.get(named.getFirst());
        of.set(of.size() - 1, new Span(of.getLast().join(), record.offset()));
        members.remove(named.getFirst());
      }
      case "renamed" -> name = record.text("name");
      case "transferred" -> founder = named.getFirst();
      case "disbanded" -> {
        over = record.offset();
        members.clear();
      }
      default -> throw new IllegalArgumentException(record + " is no fact");
    }
  }

  private void joins(String member, LogEntry record) {
    if (!members.add(member)) {
      throw new AssertionError(member + " is in it already: " + record);
    }
    spans.computeIfAbsent(member, each -> new ArrayList<>()).add(new Span(record.offset(), OPEN));
    joinTimes.put(member, record.time() / 1_000);
  }

  private boolean isSent(String user, long offset) {
    return offset <= over
        && spans.getOrDefault(user, List.of()).stream().anyMatch(span -> span.has(offset));
  }

  /** Messages by uuid, the first of each. */
  Map<String, Delivery> messages() {
    Map<String, Delivery> all = new HashMap<>();
    uuids.forEach((offset, uuid) -> all.put(uuid, messages.get(offset)));
    return all;
  }

  /** The messages of others that are delivered to a user, by uuid. */
  Map<String, Delivery> messagesTo(String user) {
    Map<String, Delivery> all = new HashMap<>();
    messages.forEach(
        (offset, message) -> {
          if (isSent(user, offset) && !message.from().equals(user)) {
            all.put(uuids.get(offset), message);
          }
        });
    return all;
  }

  /** The facts that a user is told of, by place. */
  Map<String, JsonNode> factsTo(String user) {
    return sent(user, facts, fact -> true);
  }

  /** The marks of others that a user is told of, by place. */
  Map<String, Notice> marksTo(String user) {
    return sent(user, marks, mark -> !mark.reader().equals(user));
  }

  private <T> Map<String, T> sent(String user, TreeMap<Long, T> all, Function<T, Boolean> isTold) {
    String partition = last.substring(0, last.lastIndexOf('/') + 1);
    Map<String, T> found = new HashMap<>();
    all.forEach(
        (offset, each) -> {
          if (isSent(user, offset) && isTold.apply(each)) {
            found.put(partition + offset, each);
          }
        });
    return found;
  }

  /** By uuid of each message those who have read it, its sender among them, by name. */
  Map<String, List<String>> readers() {
    Map<String, List<String>> all = new HashMap<>();
    messages.forEach(
        (offset, message) -> {
          Set<String> names = new TreeSet<>(Set.of(message.from()));
          reached.forEach(
              (reader, mark) -> {
                if (mark >= offset && (history || isSent(reader, offset))) {
                  names.add(reader);
                }
              });
          all.put(uuids.get(offset), List.copyOf(names));
        });
    return all;
  }

  Info info() {
    return new Info(founder, List.copyOf(members), name, history, over != OPEN, last);
  }

  /** All who ever were in it, by {@code <topic>/<user>}. */
  Map<String, Member> memberships() {
    Map<String, Member> all = new HashMap<>();
    spans.forEach(
        (user, of) ->
            all.put(
                topic + "/" + user,
                new Member(joinTimes.get(user), of.stream().map(Span::toString).toList())));
    return all;
  }

  /** How many were kicked or left. */
  long departures() {
    return spans.values().stream()
        .flatMap(List::stream)
        .filter(span -> span.left() != OPEN)
        .count();
  }

  int repeats() {
    return repeats;
  }
}
