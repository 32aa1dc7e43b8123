package im.linnet.cli.system;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one user has asked for, and what it was told. The user's lock guards it. */
final class Asks {
  private final Map<String, Ask> open = new LinkedHashMap<>();
  private final Map<String, Ask.Send> acked = new HashMap<>();
  private final Map<CommandLog.Id, Integer> verdicts = new HashMap<>();
  private int refused;

  void add(Ask ask) {
    open.put(ask.uuid(), ask);
  }

  /** What has no outcome yet, in the order of asking. */
  Collection<Ask> open() {
    return open.values();
  }

  /** The one of that uuid that has no outcome yet. */
  @Nullable Ask open(String uuid) {
    return open.get(uuid);
  }

  /** Takes the outcome of one that is open. */
  void told(Ask ask, int code) {
    open.remove(ask.uuid());
    switch (ask) {
      case Ask.Send send -> {
        if (code == 0) {
          acked.put(send.uuid(), send);
        } else {
          refused++;
        }
      }
      case Ask.Command command -> verdicts.put(command.id(), code);
    }
  }

  /** Messages that were acked, by uuid. */
  Map<String, Ask.Send> acked() {
    return acked;
  }

  /** The codes that commands were answered with. */
  Map<CommandLog.Id, Integer> verdicts() {
    return verdicts;
  }

  /** How many messages were refused. */
  int refused() {
    return refused;
  }
}
