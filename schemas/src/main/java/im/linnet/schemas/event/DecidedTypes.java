package im.linnet.schemas.event;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ce_type} of every record that the decider publishes: facts and verdicts. The decider
 * publishes them in transactions, so none is late and none is a copy of another.
 */
final class DecidedTypes {
  private static final Set<String> ALL = new HashSet<>();

  static {
    for (List<String> facts : List.of(FriendEvent.TYPES, BlockEvent.TYPES, TopicFact.FACTS)) {
      ALL.addAll(facts);
    }
    ALL.add(VerdictEvent.TYPE);
  }

  private DecidedTypes() {}

  /** Whether a record of that {@code ce_type} comes from the decider. */
  static boolean holds(byte @Nullable [] type) {
    return type != null && ALL.contains(new String(type, StandardCharsets.UTF_8));
  }
}
