package im.linnet.persister.decide;

import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.event.InboxEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The commands of one batch about one kind of subject: loads each state once, and carries it on by
 * the facts of the commands before. One thread, one batch.
 */
final class Docket<C extends CommandEvent, S> {
  private final Subject<C, S> subject;
  private final List<C> commands = new ArrayList<>();
  private final Map<String, S> states = new HashMap<>();

  Docket(Subject<C, S> subject) {
    this.subject = subject;
  }

  /** Whether the command is about such a subject; then its state will be loaded. */
  boolean takes(CommandEvent command) {
    if (!subject.commands().isInstance(command)) {
      return false;
    }
    commands.add(subject.commands().cast(command));
    return true;
  }

  /** Whether it has taken commands of that class. */
  boolean isOf(CommandEvent command) {
    return subject.commands().isInstance(command);
  }

  void load() {
    if (!commands.isEmpty()) {
      states.putAll(subject.load(commands));
    }
  }

  /** Decides the next command, in the state that the ones before have left. */
  Decision decide(CommandEvent command) {
    S state = states.get(command.owner());
    if (state == null) {
      throw new IllegalStateException("no state of " + command.owner() + " was loaded");
    }
    Decision decision = subject.decide(state, subject.commands().cast(command));
    for (InboxEvent fact : decision.facts()) {
      state = subject.apply(state, fact);
    }
    states.put(command.owner(), state);
    return decision;
  }
}
