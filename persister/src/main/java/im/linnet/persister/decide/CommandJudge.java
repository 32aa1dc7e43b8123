package im.linnet.persister.decide;

import im.linnet.records.CommandId;
import im.linnet.records.RelationReader;
import im.linnet.records.StoredVerdict;
import im.linnet.records.TopicReader;
import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.event.VerdictEvent;
import im.linnet.schemas.frame.ReplyCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Judges a batch of commands, in its order, by what the view holds. A command that has a verdict
 * gets that one again, and has no more facts. Owned by one thread.
 */
final class CommandJudge {
  private final RelationReader view;
  private final List<Supplier<Docket<?, ?>>> subjects;

  /**
   * @param mostMembers how many members a topic may have
   */
  CommandJudge(RelationReader view, TopicReader topics, int mostMembers) {
    this.view = view;
    this.subjects =
        List.of(
            () -> new Docket<>(new PairSubject(view)),
            () -> new Docket<>(new TopicSubject(topics, new TopicDecisions(mostMembers))));
  }

  /**
   * A command and its answer.
   *
   * @param command the command
   * @param decision the answer; without facts where it was given before
   * @param isRepeat whether it was given before
   */
  record Judged(CommandEvent command, Decision decision, boolean isRepeat) {
    VerdictEvent verdict() {
      return new VerdictEvent(
          command.kind(),
          command.owner(),
          command.caller(),
          command.uuid(),
          decision.code().code(),
          decision.message());
    }
  }

  /**
   * The answers to a batch, one for each command, in its order.
   *
   * @throws im.linnet.records.StoreUnavailableException if the store does not answer
   */
  List<Judged> judge(List<CommandEvent> batch) {
    Map<CommandId, Decision> given = given(batch);
    List<Docket<?, ?>> dockets = new ArrayList<>();
    subjects.forEach(subject -> dockets.add(subject.get()));
    for (CommandEvent command : batch) {
      if (!given.containsKey(id(command))) {
        boolean taken = dockets.stream().anyMatch(docket -> docket.takes(command));
        if (!taken) {
          throw new IllegalStateException("nobody judges " + command.type());
        }
      }
    }
    dockets.forEach(Docket::load);
    List<Judged> judged = new ArrayList<>(batch.size());
    for (CommandEvent command : batch) {
      Decision before = given.get(id(command));
      if (before != null) {
        judged.add(new Judged(command, before, true));
        continue;
      }
      Decision decision =
          dockets.stream()
              .filter(docket -> docket.isOf(command))
              .findFirst()
              .orElseThrow()
              .decide(command);
      judged.add(new Judged(command, decision, false));
      given.put(id(command), new Decision(decision.code(), decision.message(), List.of()));
    }
    return judged;
  }

  private Map<CommandId, Decision> given(List<CommandEvent> batch) {
    Set<CommandId> ids = new LinkedHashSet<>();
    batch.forEach(command -> ids.add(id(command)));
    Map<CommandId, Decision> given = new HashMap<>();
    for (Map.Entry<CommandId, StoredVerdict> each : view.verdicts(ids).entrySet()) {
      StoredVerdict verdict = each.getValue();
      given.put(
          each.getKey(),
          new Decision(ReplyCode.ofCode(verdict.code()), verdict.message(), List.of()));
    }
    return given;
  }

  private static CommandId id(CommandEvent command) {
    return new CommandId(command.caller(), command.owner(), command.uuid());
  }
}
