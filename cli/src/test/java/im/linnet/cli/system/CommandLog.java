package im.linnet.cli.system;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the log says of commands: the verdicts on each, and how many facts came of it. */
final class CommandLog {
  private final Map<Id, Set<Integer>> verdicts = new HashMap<>();
  private final Map<Id, Integer> facts = new HashMap<>();

  /**
   * The identity of a command.
   *
   * @param key what it is about: a topic, or a pair of users
   */
  record Id(String key, String caller, String uuid) {}

  void verdict(LogEntry record) {
    Id id = new Id(record.text("key"), record.text("caller"), record.text("uuid"));
    verdicts
        .computeIfAbsent(id, each -> new HashSet<>())
        .add(record.value().path("code").asInt(-1));
  }

  void topicFact(LogEntry record) {
    facts.merge(
        new Id(record.text("topic"), record.text("by"), record.text("uuid")), 1, Integer::sum);
  }

  void friendFact(LogEntry record) {
    String from = record.text("from");
    facts.merge(
        new Id(Race.pair(from, record.text("to")), from, record.text("uuid")), 1, Integer::sum);
  }

  /**
   * What the log says of a command, to be compared with what its caller was told.
   *
   * @param codes the codes of its verdicts: one, if all is well
   * @param facts how often its fact stands in the log
   */
  record Judged(Set<Integer> codes, int facts) {
    /** As it ought to be where the caller was told that code. */
    static Judged told(Id id, int code) {
      int copies = id.key().contains("|") ? 2 : 1;
      return new Judged(Set.of(code), code == 0 ? copies : 0);
    }
  }

  /** All commands that have a verdict or a fact. */
  Map<Id, Judged> judged() {
    Set<Id> ids = new HashSet<>(verdicts.keySet());
    ids.addAll(facts.keySet());
    Map<Id, Judged> all = new HashMap<>();
    ids.forEach(
        id ->
            all.put(
                id, new Judged(verdicts.getOrDefault(id, Set.of()), facts.getOrDefault(id, 0))));
    return all;
  }
}
