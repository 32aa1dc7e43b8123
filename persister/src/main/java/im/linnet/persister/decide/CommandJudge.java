package im.linnet.persister.decide;

import im.linnet.records.CommandId;
import im.linnet.records.RelationReader;
import im.linnet.records.TopicReader;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.event.CommandEventCodec;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.VerdictEvent;
import im.linnet.schemas.frame.ReplyCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
   * @param asked the digest of the command that the answer was given to first
   * @param of where the answer was given first; null where that is here or not in the view yet
   * @param isRepeat whether it was given before
   */
  record Judged(
      CommandEvent command,
      Decision decision,
      @Nullable String asked,
      @Nullable Origin of,
      boolean isRepeat) {
    VerdictEvent verdict() {
      return new VerdictEvent(
          command.kind(),
          command.owner(),
          command.caller(),
          command.uuid(),
          decision.code().code(),
          decision.message(),
          asked,
          of);
    }

    /** The answer to a repeat; the facts stand already. */
    private Judged again(CommandEvent repeat) {
      return new Judged(
          repeat, new Decision(decision.code(), decision.message(), List.of()), asked, of, true);
    }
  }

  /**
   * The answers to a batch, one for each command, in its order.
   *
   * @throws im.linnet.records.StoreUnavailableException if the store does not answer
   */
  List<Judged> judge(List<Decoded.Valid<CommandEvent>> batch) {
    Map<CommandId, Judged> given = given(batch);
    List<Docket<?, ?>> dockets = new ArrayList<>();
    subjects.forEach(subject -> dockets.add(subject.get()));
    for (Decoded.Valid<CommandEvent> each : batch) {
      CommandEvent command = each.event();
      if (!given.containsKey(id(command))) {
        boolean taken = dockets.stream().anyMatch(docket -> docket.takes(command));
        if (!taken) {
          throw new IllegalStateException("nobody judges " + command.type());
        }
      }
    }
    dockets.forEach(Docket::load);
    List<Judged> judged = new ArrayList<>(batch.size());
    for (Decoded.Valid<CommandEvent> each : batch) {
      CommandEvent command = each.event();
      Judged before = given.get(id(command));
      if (before != null) {
        judged.add(before.again(command));
        continue;
      }
      Decision decision =
          dockets.stream()
              .filter(docket -> docket.isOf(command))
              .findFirst()
              .orElseThrow()
              .decide(command);
      Judged first = new Judged(command, decision, digest(each.record()), null, false);
      judged.add(first);
      given.put(id(command), first);
    }
    return judged;
  }

  private static String digest(LogRecord command) {
    byte[] value = command.value();
    if (value == null) {
      throw new IllegalArgumentException(command.place() + " is a tombstone");
    }
    return CommandEventCodec.digest(value);
  }

  private Map<CommandId, Judged> given(List<Decoded.Valid<CommandEvent>> batch) {
    Map<CommandId, CommandEvent> asked = new LinkedHashMap<>();
    batch.forEach(each -> asked.putIfAbsent(id(each.event()), each.event()));
    Map<CommandId, Judged> given = new HashMap<>();
    view.verdicts(asked.keySet())
        .forEach(
            (id, verdict) -> {
              CommandEvent command = asked.get(id);
              if (command != null) {
                given.put(
                    id,
                    new Judged(
                        command,
                        new Decision(
                            ReplyCode.ofCode(verdict.code()), verdict.message(), List.of()),
                        verdict.asked(),
                        new Origin(verdict.at(), verdict.time()),
                        true));
              }
            });
    return given;
  }

  private static CommandId id(CommandEvent command) {
    return new CommandId(command.caller(), command.owner(), command.uuid());
  }
}
